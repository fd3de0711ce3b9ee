using System.Diagnostics.Metrics;
using Incidents.Grains.Domain;
using Incidents.Grains.Slack;
using Microsoft.Extensions.Hosting;

namespace Incidents.Grains.Telemetry;

/// <summary>The figures of what Slack is told, behind verbs. No tag holds a channel or a text.</summary>
internal sealed class SlackInstruments : IHostedService
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _clock;
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _delay;
    private (long Read, long Pending, double OldestSeconds, long Failed)? _last;

    public SlackInstruments(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(IncidentInstruments.MeterName);
        _calls = meter.CreateCounter<long>("incidents.slack.calls", "{call}", "Calls to Slack by step and outcome");
        _delay = meter.CreateHistogram("incidents.slack.delay", "s", "From the commit until Slack was told, by step", advice: Buckets.Seconds);
        meter.CreateObservableGauge("incidents.slack.pending", () => Last().Pending, "{incident}", "Incidents with something to tell Slack");
        meter.CreateObservableGauge("incidents.slack.oldest", () => Last().OldestSeconds, "s", "How long the one that waits longest does");
        meter.CreateObservableGauge("incidents.slack.failed", () => Last().Failed, "{incident}", "Incidents whose message Slack refuses");
    }

    /// <summary>Counters begin at zero, once exporters listen: see <see cref="IncidentInstruments.StartAsync"/>.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var step in Enum.GetValues<CardStep>())
        {
            Array.ForEach(Enum.GetValues<SlackOutcome>(), outcome => Add(0, step, outcome));
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void OnCall(CardStep step, SlackOutcome outcome) => Add(1, step, outcome);

    /// <param name="waited">Since the commit; null when only counts changed, which nobody waits for.</param>
    public void OnTold(CardStep step, TimeSpan? waited)
    {
        if (waited is { } time)
        {
            _delay.Record(time.TotalSeconds, new KeyValuePair<string, object?>("step", step.Snake()));
        }
    }

    /// <summary>As the one silo that sweeps read them. All others say zero: the greatest of all silos' figures is right.</summary>
    public void Set(long pending, TimeSpan oldest, long failed) =>
        _last = (_clock.GetTimestamp(), pending, oldest.TotalSeconds, failed);

    private void Add(long calls, CardStep step, SlackOutcome outcome) =>
        _calls.Add(calls, new KeyValuePair<string, object?>("step", step.Snake()), new("outcome", outcome.Snake()));

    private (long Pending, double OldestSeconds, long Failed) Last() =>
        _last is var (read, pending, oldest, failed) && _clock.GetElapsedTime(read) < Fresh ? (pending, oldest, failed) : default;
}
