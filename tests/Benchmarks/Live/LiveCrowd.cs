using System.Net.Sockets;
using System.Text;
using Incidents.TestKit;

namespace Incidents.Benchmarks.Live;

/// <summary>Viewers: sockets that read all they are sent and look only for the probes in it.</summary>
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
        _viewers.Sum(static one => one.Bytes), _viewers.Sum(static one => one.Events), _viewers.Count(static one => one.IsCut));

    public async ValueTask DisposeAsync() => await Task.WhenAll(_viewers.Select(static one => one.DisposeAsync().AsTask()));
}

internal sealed class LiveViewer : IAsyncDisposable
{
    private static readonly byte[] EndOfEvent = "\n\n"u8.ToArray();

    private readonly Socket _socket;
    private readonly LiveProbes _probes;
    private readonly Task _reading;
    private bool _isLeaving;

    private LiveViewer(Socket socket, LiveProbes probes)
    {
        (_socket, _probes) = (socket, probes);
        _reading = Read();
    }

    public long Bytes { get; private set; }

    public long Events { get; private set; }

    public bool IsCut { get; private set; }

    public static async Task<LiveViewer> Open(Uri url, LiveProbes probes, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(url.Host, url.Port, cancel);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/live HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n"), cancel);
        return new(socket, probes);
    }

    public async ValueTask DisposeAsync()
    {
        _isLeaving = true;
        _socket.Dispose();
        await _reading;
    }

    private async Task Read()
    {
        var (buffer, kept) = (new byte[262_144], 0);
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(kept)) is var read && read > 0)
            {
                Bytes += read;
                var text = buffer.AsMemory(0, kept + read);
                for (int end; (end = text.Span.IndexOf(EndOfEvent)) >= 0; text = text[(end + EndOfEvent.Length)..])
                {
                    Events++;
                    _probes.Look(text.Span[..end]);
                }

                text.CopyTo(buffer);
                kept = text.Length == buffer.Length ? 0 : text.Length;
            }

            IsCut = !_isLeaving;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            IsCut = !_isLeaving;
        }
    }
}
