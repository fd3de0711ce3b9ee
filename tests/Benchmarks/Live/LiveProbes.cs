using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Http.Json;
using Incidents.Benchmarks.Slack;

namespace Incidents.Benchmarks.Live;

/// <summary>Alerts that are looked for in what viewers are sent: every half second a new incident, and one more alert of one
/// that stays. When each was answered, and when each viewer saw it.</summary>
internal sealed class LiveProbes(Uri url) : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(3);
    private static readonly byte[] TitleOf = "\"title\":\"probe-"u8.ToArray();
    private static readonly byte[] CountOf = "\"alert_count\":"u8.ToArray();

    private readonly HttpClient _http = new() { BaseAddress = url };
    private readonly ConcurrentDictionary<int, Probe> _opened = [];
    private readonly ConcurrentDictionary<int, Probe> _counted = [];
    private int _next;

    public long Bytes { get; private set; }

    public long Events { get; private set; }

    public int Cut { get; private set; }

    public int Reloads { get; private set; }

    public void Add(long bytes, long events, int cut, int reloads) =>
        (Bytes, Events, Cut, Reloads) = (Bytes + bytes, Events + events, Cut + cut, Reloads + reloads);

    public async Task Send(CancellationToken end)
    {
        using var timer = new PeriodicTimer(Every);
        while (!end.IsCancellationRequested)
        {
            var number = ++_next;
            await Send(_opened.GetOrAdd(number, static _ => new()), $"probe-{number}");
            await Send(_counted.GetOrAdd(number, static _ => new()), "probe-0");
            await Task.WhenAny(timer.WaitForNextTickAsync(end).AsTask());
        }
    }

    /// <summary>What is under way arrives.</summary>
    public static Task Settled(CancellationToken cancel) => Task.Delay(Late, TimeProvider.System, cancel);

    public void Look(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf(TitleOf);
        if (at < 0 || !Utf8Parser.TryParse(text[(at + TitleOf.Length)..], out int number, out _))
        {
            return;
        }

        var now = TimeProvider.System.GetTimestamp();
        if (number > 0)
        {
            _opened.GetValueOrDefault(number)?.Seen.Enqueue(now);
        }
        else if (text.IndexOf(CountOf) is >= 0 and var count && Utf8Parser.TryParse(text[(count + CountOf.Length)..], out int alerts, out _))
        {
            // The newest state shows every alert before it: those are seen now, if they were not.
            _counted.GetValueOrDefault(alerts)?.Seen.Enqueue(now);
        }
    }

    /// <summary>Of each new incident, at the last viewer.</summary>
    public Delays Opened() => new(_opened.Values.Where(static one => !one.Seen.IsEmpty).Select(static one => one.Longest));

    /// <summary>Of each count, at each viewer.</summary>
    public Delays Counted() => new(_counted.Values.SelectMany(static one => one.All));

    public int Missing(int viewers) => _opened.Values.Count(one => one.Seen.Count < viewers);

    public void Dispose() => _http.Dispose();

    private async Task Send(Probe probe, string title)
    {
        var body = new
        {
            version = "1",
            alerts = new[]
            {
                new { status = "firing", labels = new { alertname = title, service = "probes", severity = "warning" }, fingerprint = "00000000000000a1" },
            },
        };
        using var answer = await _http.PostAsJsonAsync(new Uri("/webhook/grafana", UriKind.Relative), body, CancellationToken.None);
        probe.Answered = TimeProvider.System.GetTimestamp();
        answer.EnsureSuccessStatusCode();
    }

    private sealed class Probe
    {
        public long Answered { get; set; }

        public ConcurrentQueue<long> Seen { get; } = [];

        public TimeSpan Longest => All.Max();

        /// <summary>A viewer may see it before its sender hears of it.</summary>
        public IEnumerable<TimeSpan> All => Seen.Select(seen => seen < Answered ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(Answered, seen));
    }
}
