using System.Diagnostics.Metrics;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Telemetry;

/// <summary>The writer's figures as one view: what the dashboard shows of a silo, where Prometheus is not there.</summary>
internal sealed class WriterTally
{
    private long _packets;
    private long _alerts;
    private long _failed;
    private long _fenceLost;
    private long _waitingAlerts;
    private long _lastTicks;
    private Func<int> _waitingWrites = static () => 0;
    private Func<int> _waitingLoads = static () => 0;

    public WriterTally(Meter meter)
    {
        meter.CreateObservableGauge("incidents.writes.waiting", () => _waitingWrites(), "{write}", "Writes that wait for the lane");
        meter.CreateObservableGauge("incidents.loads.waiting", () => _waitingLoads(), "{key}", "Keys that wait to be loaded");
    }

    public void WatchWrites(Func<int> waiting) => _waitingWrites = waiting;

    public void WatchLoads(Func<int> waiting) => _waitingLoads = waiting;

    public void OnCommitted(int alerts, TimeSpan took)
    {
        Interlocked.Increment(ref _packets);
        Interlocked.Add(ref _alerts, alerts);
        Interlocked.Exchange(ref _lastTicks, took.Ticks);
    }

    public void OnFailed() => Interlocked.Increment(ref _failed);

    public void OnFenceLost() => Interlocked.Increment(ref _fenceLost);

    public void OnWaiting(int change) => Interlocked.Add(ref _waitingAlerts, change);

    public WriterView View(string silo, DateTimeOffset now) => new()
    {
        Silo = silo,
        At = now,
        AlertsWaiting = Interlocked.Read(ref _waitingAlerts),
        WritesWaiting = _waitingWrites(),
        LoadsWaiting = _waitingLoads(),
        PacketsCommitted = Interlocked.Read(ref _packets),
        PacketsFailed = Interlocked.Read(ref _failed),
        AlertsCommitted = Interlocked.Read(ref _alerts),
        FencesLost = Interlocked.Read(ref _fenceLost),
        LastCommitMilliseconds = TimeSpan.FromTicks(Interlocked.Read(ref _lastTicks)).TotalMilliseconds,
    };
}
