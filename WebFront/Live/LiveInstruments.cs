using System.Diagnostics.Metrics;
using Incidents.Telemetry;

namespace Incidents.WebFront.Live;

/// <summary>The figures of the live feed, behind verbs. Meter <c>Incidents</c>; tags are our own words.</summary>
internal sealed class LiveInstruments
{
    private readonly Counter<long> _batches;
    private readonly Counter<long> _rereads;
    private readonly Counter<long> _cut;
    private readonly Counter<long> _refused;
    private int _viewers;

    public LiveInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(HostTelemetry.Incidents);
        meter.CreateObservableGauge("incidents.live.viewers", () => _viewers, "{viewer}", "Live streams that are open");
        _batches = meter.CreateCounter<long>("incidents.live.batches", "{batch}", "Batches of changed incidents that silos told of");
        _rereads = meter.CreateCounter<long>("incidents.live.rereads", "{read}", "Changed incidents read from the database, by reason");
        _cut = meter.CreateCounter<long>("incidents.live.cut", "{viewer}", "Viewers cut off because they fell behind");
        _refused = meter.CreateCounter<long>("incidents.live.refused", "{viewer}", "Viewers refused because there are Live:MaxViewers");
    }

    /// <returns>False when there are so many already.</returns>
    public bool TryEnter(int most)
    {
        if (Interlocked.Increment(ref _viewers) <= most)
        {
            return true;
        }

        Interlocked.Decrement(ref _viewers);
        _refused.Add(1);
        return false;
    }

    public void OnLeft() => Interlocked.Decrement(ref _viewers);

    public void OnBatch() => _batches.Add(1);

    /// <param name="why">One of our own words.</param>
    public void OnReread(string why) => _rereads.Add(1, new KeyValuePair<string, object?>("reason", why));

    public void OnCut() => _cut.Add(1);
}
