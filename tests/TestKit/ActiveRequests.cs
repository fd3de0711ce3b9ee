using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.TestKit;

/// <summary>How many HTTP requests one host has under way, by the server's own count.</summary>
internal sealed class ActiveRequests : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _count;

    public ActiveRequests(IServiceProvider host)
    {
        // Several hosts run in one test process: the factory is what tells their meters apart.
        var ours = host.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "http.server.active_requests" && ReferenceEquals(instrument.Meter.Scope, ours))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, change, _, _) => Interlocked.Add(ref _count, change));
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
