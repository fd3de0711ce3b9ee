using System.Diagnostics.Metrics;
using Incidents.Telemetry;

namespace Incidents.WebFront.Spool;

/// <summary>Every figure of the spool. Meter <c>Incidents</c>.</summary>
internal sealed class SpoolInstruments
{
    private readonly Meter _meter;
    private readonly TimeProvider _clock;
    private readonly Counter<long> _replayed;

    public SpoolInstruments(IMeterFactory meters, TimeProvider clock)
    {
        _meter = meters.Create(HostTelemetry.Incidents);
        _clock = clock;
        _replayed = _meter.CreateCounter<long>("incidents.spool.replayed", "{delivery}", "Deliveries that left the spool stored");
    }

    /// <summary>From here on the gauges have something to show; without a spool there are none.</summary>
    public void Watch(DeliverySpool spool)
    {
        _replayed.Add(0);
        _meter.CreateObservableGauge("incidents.spool.deliveries", () => spool.Figures.Deliveries, "{delivery}", "Deliveries that wait to be stored");
        _meter.CreateObservableGauge("incidents.spool.bytes", () => spool.Figures.Bytes, "By", "About what they take");
        _meter.CreateObservableGauge("incidents.spool.oldest", () => Age(spool), "s", "How long the oldest of them waits");
        _meter.CreateObservableGauge("incidents.spool.stuck", () => spool.Figures.Stuck, "{delivery}", "Of these, deliveries that are tried rarely: somebody has to look");
        _meter.CreateObservableGauge("incidents.spool.set_aside", () => spool.Figures.SetAside, "{file}", "Damaged journals that were moved aside");
        _meter.CreateObservableGauge("incidents.spool.has_room", () => spool.HasRoom ? 1 : 0, null, "1 while a further delivery may wait");
    }

    public void OnReplayed(int deliveries) => _replayed.Add(deliveries);

    private double Age(DeliverySpool spool) => spool.Figures.OldestAt is { } oldest ? (_clock.GetUtcNow() - oldest).TotalSeconds : 0;
}
