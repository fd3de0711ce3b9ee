using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Incidents.Grains.Tests.MySql;

/// <summary>Counts failed packets of some silos by class while it lives.</summary>
internal sealed class PacketFailures : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();

    public PacketFailures(params IReadOnlyCollection<Rival> silos)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (silos.Any(silo => silo.Meters == instrument.Meter.Scope) && instrument.Name == "incidents.packets.failed")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            _counts.AddOrUpdate((string)tags[0].Value!, value, (_, sum) => sum + value));
        _listener.Start();
    }

    public long Of(string failure) => _counts.GetValueOrDefault(failure);

    public override string ToString() => string.Join(", ", _counts.Select(static c => $"{c.Value} {c.Key}"));

    public void Dispose() => _listener.Dispose();
}
