using System.Net;
using System.Net.Sockets;

namespace Incidents.TestKit;

/// <summary>
/// A TCP proxy before MySQL that can lose an answer: it forwards a packet that ends in COMMIT, keeps back what the
/// server says until that is all (so it is committed), and cuts the connection instead of passing it on. It can also
/// be closed altogether for a while, as if the server were away, and hold back a write as a network that heals late does.
/// </summary>
public sealed class CutProxy : IAsyncDisposable
{
    private static readonly byte[] Commit = "COMMIT;"u8.ToArray();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private int _cutsLeft;
    private int _cuts;
    private volatile CancellationTokenSource _open = new();
    private volatile Hold? _hold;

    public CutProxy(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Answers of commits that were lost.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Loses the answers of the next commits. A packet that the server refuses is none.</summary>
    public void CutNext(int commits) => Volatile.Write(ref _cutsLeft, commits);

    /// <summary>Keeps back the next packet that ends in COMMIT, before the server sees its end, until it is released.</summary>
    /// <returns>Completes when there is one.</returns>
    public Task HoldNext()
    {
        var hold = _hold = new();
        return hold.Reached.Task;
    }

    /// <summary>Lets go what was held.</summary>
    /// <returns>The number of the error with which the server refused it; null when it committed.</returns>
    public Task<int?> Release()
    {
        var hold = Interlocked.Exchange(ref _hold, null) ?? throw new InvalidOperationException("Nothing is held.");
        hold.Released.TrySetResult();
        return hold.Error.Task;
    }

    /// <summary>Ends every connection, and each new one at once.</summary>
    public void Close() => _open.Cancel();

    public void Open() => _open = new();

    public async ValueTask DisposeAsync()
    {
        Close();
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task Accept()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(Serve(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task Serve(TcpClient client)
    {
        var open = _open.Token;
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                client.NoDelay = server.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, open);
                var cut = new Cut();
                await await Task.WhenAny(Forward(client, server, cut, open), Return(server, client, cut, open));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // Either side went away: the connection is over.
            }
        }
    }

    private async Task Forward(TcpClient client, TcpClient server, Cut cut, CancellationToken open)
    {
        var buffer = new byte[64 * 1024];
        var tail = Array.Empty<byte>();
        int read;
        while ((read = await client.GetStream().ReadAsync(buffer, open)) > 0)
        {
            var last = buffer[Math.Max(0, read - Commit.Length)..read];
            tail = last.Length == Commit.Length ? last : [.. tail.Concat(last).TakeLast(Commit.Length)];
            if (_hold is { } hold && tail.AsSpan().SequenceEqual(Commit))
            {
                hold.Reached.TrySetResult();
                await hold.Released.Task.WaitAsync(open);
                cut.Held = hold;
            }

            if (tail.AsSpan().SequenceEqual(Commit) && Interlocked.Decrement(ref _cutsLeft) >= 0)
            {
                cut.Answer = new();
            }

            await server.GetStream().WriteAsync(buffer.AsMemory(0, read), open);
        }
    }

    private async Task Return(TcpClient server, TcpClient client, Cut cut, CancellationToken open)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await server.GetStream().ReadAsync(buffer, open)) > 0)
        {
            cut.Held?.Hear(buffer.AsSpan(0, read));
            if (cut.Answer is not { } answer)
            {
                await client.GetStream().WriteAsync(buffer.AsMemory(0, read), open);
                continue;
            }

            answer.Add(buffer.AsSpan(0, read));
            if (answer.IsCommitted)
            {
                Interlocked.Increment(ref _cuts);
                return; // both sockets close
            }

            if (answer.IsRefused)
            {
                cut.Answer = null;
                Interlocked.Increment(ref _cutsLeft);
                await client.GetStream().WriteAsync(answer.Bytes, open);
            }
        }
    }

    private sealed class Cut
    {
        public volatile MySqlAnswer? Answer;
        public volatile Hold? Held;
    }

    private sealed class Hold
    {
        private readonly MySqlAnswer _answer = new();

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<int?> Error { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Hear(ReadOnlySpan<byte> bytes)
        {
            if (_answer.IsWhole)
            {
                return;
            }

            _answer.Add(bytes);
            if (_answer.IsWhole)
            {
                Error.TrySetResult(_answer.Error);
            }
        }
    }
}
