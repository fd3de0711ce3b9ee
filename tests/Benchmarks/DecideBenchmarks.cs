using BenchmarkDotNet.Attributes;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;

namespace Incidents.Benchmarks;

/// <summary>What the rules cost per alert: in a fresh incident and in one that follows as many series as it may.</summary>
[MemoryDiagnoser]
public class DecideBenchmarks
{
    private readonly EpisodeOptions _options = new();
    private KeyState _state = null!;
    private AlertBatch _repeated = null!;
    private AlertBatch _joining = null!;

    [Params(1, 1_999)]
    public int Series { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var empty = new KeyState(IncidentKey.Of(Alerts.Parts), 1, null);
        var firing = Enumerable.Range(0, Series).Select(static i => Alerts.Firing($"series-{i}")).ToArray();
        _state = Decide(empty, Alerts.Batch(Alerts.Noon, firing)).Committed;
        _repeated = Alerts.Batch(Alerts.Noon, Alerts.Firing("series-0"));
        _joining = Alerts.Batch(Alerts.Noon, Alerts.Firing("another"));
    }

    [Benchmark(Baseline = true)]
    public object A_repeated_alert() => Decide(_state, _repeated);

    [Benchmark]
    public object A_joining_series() => Decide(_state, _joining);

    private KeyChange Decide(KeyState state, AlertBatch batch)
    {
        var draft = new KeyDraft(state, Alerts.Noon, _options);
        foreach (var alert in batch.Alerts)
        {
            draft.Observe(batch, alert, anyFiring: true);
        }

        return draft.Finish();
    }
}
