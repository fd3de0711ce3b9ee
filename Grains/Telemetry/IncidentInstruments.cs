using System.Diagnostics.Metrics;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Telemetry;

/// <summary>Every figure of the silo, behind verbs; callers never name an instrument. Meter <c>Incidents</c>. No tag holds
/// a text that a sender or a person wrote: tags are names of our enums and configured severities.</summary>
internal sealed class IncidentInstruments : IHostedService
{
    public const string MeterName = "Incidents";

    private readonly Counter<long> _alerts;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _fenceLost;
    private readonly Counter<long> _busy;
    private readonly Counter<long> _expired;
    private readonly Counter<long> _overloaded;
    private readonly Counter<long> _unstorable;
    private readonly Counter<long> _commands;
    private readonly Counter<long> _unavailable;
    private readonly UpDownCounter<long> _waitingAlerts;
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<int> _packetKeys;
    private readonly Histogram<int> _packetAlerts;
    private readonly Histogram<int> _loadKeys;

    public IncidentInstruments(IMeterFactory meters, TimeProvider clock, IOptions<EpisodeOptions> episodes)
    {
        var meter = meters.Create(MeterName);
        _alerts = meter.CreateCounter<long>("incidents.alerts.stored", "{alert}", "Committed alerts by reason");
        _failures = meter.CreateCounter<long>("incidents.packets.failed", "{packet}", "Failed packets by failure");
        _fenceLost = meter.CreateCounter<long>("incidents.fence.lost", "{write}", "Writes refused by the fence");
        _busy = meter.CreateCounter<long>("incidents.keys.busy", "{write}", "Writes whose rows somebody held");
        _expired = meter.CreateCounter<long>("incidents.deliveries.expired", "{delivery}", "Dropped past their deadline");
        _overloaded = meter.CreateCounter<long>("incidents.deliveries.overloaded", "{delivery}", "Refused by a full queue");
        _unstorable = meter.CreateCounter<long>("incidents.alerts.unstorable", "{alert}", "Refused by the database");
        _commands = meter.CreateCounter<long>("incidents.commands", "{command}", "Commands of people by outcome");
        _unavailable = meter.CreateCounter<long>("incidents.database.unavailable", "{try}", "Tries that MySQL did not answer, by use");
        _waitingAlerts = meter.CreateUpDownCounter<long>("incidents.alerts.waiting", "{alert}", "Alerts that wait at their keys");
        _commitSeconds = meter.CreateHistogram("incidents.commit.duration", "s", "One packet, START to COMMIT", advice: Buckets.Seconds);
        _packetKeys = meter.CreateHistogram("incidents.packet.keys", "{key}", "Keys in one packet", advice: Buckets.Sizes);
        _packetAlerts = meter.CreateHistogram("incidents.packet.alerts", "{alert}", "Alerts in one packet", advice: Buckets.Sizes);
        _loadKeys = meter.CreateHistogram("incidents.load.keys", "{key}", "Keys loaded together", advice: Buckets.Sizes);
        Writer = new(meter);
        Open = new(meter, clock, episodes.Value.Severities);
    }

    public WriterTally Writer { get; }

    public OpenGauge Open { get; }

    /// <summary>Counters begin at zero, once exporters listen: else the first fence that is lost is no increase but a new
    /// series, which no alert rule sees.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Zero<AlertReason>(_alerts, "reason");
        Zero<Failure>(_failures, "failure");
        Zero<CommandOutcome>(_commands, "outcome");
        Zero<DatabaseUse>(_unavailable, "use");
        foreach (var counter in (Counter<long>[])[_fenceLost, _busy, _expired, _overloaded, _unstorable])
        {
            counter.Add(0);
        }

        _waitingAlerts.Add(0);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void OnPacketTaken(int keys) => _packetKeys.Record(keys);

    public void OnPacketCommitted(IReadOnlyList<KeyChange> changes, TimeSpan took)
    {
        var alerts = changes.Sum(static change => change.Alerts.Length);
        _commitSeconds.Record(took.TotalSeconds);
        _packetAlerts.Record(alerts);
        Writer.OnCommitted(alerts, took);
        foreach (var reason in changes.SelectMany(static c => c.Alerts).CountBy(static alert => alert.Reason))
        {
            _alerts.Add(reason.Value, Tag("reason", reason.Key));
        }
    }

    public void OnPacketFailed(Failure failure)
    {
        _failures.Add(1, Tag("failure", failure));
        Writer.OnFailed();
        if (failure == Failure.Unknown)
        {
            OnDatabaseUnavailable(DatabaseUse.Write);
        }
    }

    public void OnFenceLost()
    {
        _fenceLost.Add(1);
        Writer.OnFenceLost();
    }

    public void OnKeyBusy() => _busy.Add(1);

    /// <param name="change">How many more wait than before, or fewer.</param>
    public void OnWaiting(int change)
    {
        if (change != 0)
        {
            _waitingAlerts.Add(change);
            Writer.OnWaiting(change);
        }
    }

    public void OnDeliveriesExpired(int deliveries) => _expired.Add(deliveries);

    public void OnDeliveryOverloaded() => _overloaded.Add(1);

    public void OnAlertUnstorable() => _unstorable.Add(1);

    public void OnCommand(CommandOutcome outcome) => _commands.Add(1, Tag("outcome", outcome));

    public void OnKeysLoaded(int keys) => _loadKeys.Record(keys);

    public void OnDatabaseUnavailable(DatabaseUse use) => _unavailable.Add(1, Tag("use", use));

    private static void Zero<T>(Counter<long> counter, string tag)
        where T : struct, Enum => Array.ForEach(Enum.GetValues<T>(), value => counter.Add(0, Tag(tag, value)));

    private static KeyValuePair<string, object?> Tag<T>(string name, T value)
        where T : struct, Enum => new(name, value.Snake());
}

/// <summary>What MySQL was asked for.</summary>
internal enum DatabaseUse
{
    Write = 1,
    Load,
    Sweep,
}
