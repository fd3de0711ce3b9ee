using System.Diagnostics.Metrics;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;

namespace Incidents.Grains.Telemetry;

/// <summary>Every figure of the silo, behind verbs; callers never name an instrument. Meter <c>Incidents</c>.</summary>
internal sealed class IncidentInstruments
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
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<int> _packetKeys;
    private readonly Histogram<int> _loadKeys;
    private int _waitingWrites;

    public IncidentInstruments(IMeterFactory meters)
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
        _commitSeconds = meter.CreateHistogram<double>("incidents.commit.duration", "s", "One packet, START to COMMIT");
        _packetKeys = meter.CreateHistogram<int>("incidents.packet.keys", "{key}", "Keys in one packet");
        _loadKeys = meter.CreateHistogram<int>("incidents.load.keys", "{key}", "Keys loaded together");
        meter.CreateObservableGauge("incidents.writes.waiting", () => _waitingWrites, "{write}", "Writes that wait for the lane");
    }

    public void OnPacketTaken(int keys, int waiting)
    {
        _packetKeys.Record(keys);
        _waitingWrites = waiting;
    }

    public void OnPacketCommitted(IReadOnlyList<KeyChange> changes, TimeSpan took)
    {
        _commitSeconds.Record(took.TotalSeconds);
        foreach (var reason in changes.SelectMany(static c => c.Alerts).CountBy(static alert => alert.Reason))
        {
            _alerts.Add(reason.Value, Tag("reason", reason.Key));
        }
    }

    public void OnPacketFailed(Failure failure) => _failures.Add(1, Tag("failure", failure));

    public void OnFenceLost() => _fenceLost.Add(1);

    public void OnKeyBusy() => _busy.Add(1);

    public void OnDeliveriesExpired(int deliveries) => _expired.Add(deliveries);

    public void OnDeliveryOverloaded() => _overloaded.Add(1);

    public void OnAlertUnstorable() => _unstorable.Add(1);

    public void OnCommand(CommandOutcome outcome) => _commands.Add(1, Tag("outcome", outcome));

    public void OnKeysLoaded(int keys) => _loadKeys.Record(keys);

    private static KeyValuePair<string, object?> Tag<T>(string name, T value)
        where T : struct, Enum => new(name, value.Snake());
}
