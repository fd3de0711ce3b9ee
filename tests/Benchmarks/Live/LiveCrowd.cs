using System.Buffers.Text;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Incidents.TestKit;

namespace Incidents.Benchmarks.Live;

/// <summary>Viewers: sockets that read all they are sent and look only for the probes in it. One that is cut off comes back
/// and says how far it had read, as a browser does.</summary>
internal sealed class LiveCrowd : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<LiveViewer> _viewers = [];

    public static async Task<LiveCrowd> Enter(Uri url, int viewers, LiveProbes probes, CancellationToken cancel)
    {
        var crowd = new LiveCrowd();
        for (var number = 0; number < viewers; number++)
        {
            crowd._viewers.Add(await LiveViewer.Open(url, probes, cancel));
        }

        await Eventually.Holds("all viewers hear something", () => Task.FromResult(crowd._viewers.TrueForAll(static one => one.Bytes > 0)), Patience, cancel);
        return crowd;
    }

    public void Add(LiveProbes probes) => probes.Add(
        _viewers.Sum(static one => one.Bytes), _viewers.Sum(static one => one.Events), _viewers.Sum(static one => one.Cuts), _viewers.Sum(static one => one.Reloads));

    public async ValueTask DisposeAsync() => await Task.WhenAll(_viewers.Select(static one => one.DisposeAsync().AsTask()));
}

internal sealed class LiveViewer : IAsyncDisposable
{
    private static readonly byte[] EndOfEvent = "\n\n"u8.ToArray();
    private static readonly byte[] Id = "\nid: "u8.ToArray();
    private static readonly byte[] Reload = "event: reload"u8.ToArray();

    private readonly CancellationTokenSource _leaving = new();
    private readonly byte[] _buffer = new byte[262_144];
    private readonly Uri _url;
    private readonly LiveProbes _probes;
    private readonly Task _watching;
    private long _last;

    private LiveViewer(Uri url, LiveProbes probes, Socket first)
    {
        (_url, _probes) = (url, probes);
        _watching = Watch(first);
    }

    public long Bytes { get; private set; }

    public long Events { get; private set; }

    /// <summary>How often the stream ended before the viewer went.</summary>
    public int Cuts { get; private set; }

    /// <summary>How often it was told to read everything anew.</summary>
    public int Reloads { get; private set; }

    public static async Task<LiveViewer> Open(Uri url, LiveProbes probes, CancellationToken cancel) => new(url, probes, await Enter(url, 0, cancel));

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watching;
        _leaving.Dispose();
    }

    /// <param name="last">0: it comes for the first time.</param>
    private static async Task<Socket> Enter(Uri url, long last, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(url.Host, url.Port, cancel);
        var since = last > 0 ? string.Create(CultureInfo.InvariantCulture, $"Last-Event-ID: {last}\r\n") : "";
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/live HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: close\r\n{since}\r\n"), cancel);
        return socket;
    }

    private async Task Watch(Socket socket)
    {
        try
        {
            while (true)
            {
                using (socket)
                {
                    await Read(socket);
                }

                Cuts++;
                socket = await Enter(_url, _last, _leaving.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // It goes.
        }
    }

    private async Task Read(Socket socket)
    {
        var kept = 0;
        while (await Receive(socket, kept) is var read && read > 0)
        {
            Bytes += read;
            var text = _buffer.AsMemory(0, kept + read);
            for (int end; (end = text.Span.IndexOf(EndOfEvent)) >= 0; text = text[(end + EndOfEvent.Length)..])
            {
                Look(text.Span[..end]);
            }

            text.CopyTo(_buffer);
            kept = text.Length == _buffer.Length ? 0 : text.Length;
        }
    }

    private async Task<int> Receive(Socket socket, int kept)
    {
        try
        {
            return await socket.ReceiveAsync(_buffer.AsMemory(kept), _leaving.Token);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private void Look(ReadOnlySpan<byte> text)
    {
        Events++;
        if (text.IndexOf(Id) is >= 0 and var id && Utf8Parser.TryParse(text[(id + Id.Length)..], out long last, out _))
        {
            _last = last;
        }

        Reloads += text.IndexOf(Reload) >= 0 ? 1 : 0;
        _probes.Look(text);
    }
}
