using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Incidents.Grains.Live;

/// <summary>
/// Tells all WebFronts what this silo's writer committed, the newest state of each incident: at once what a person waits
/// for, every half second what only counts further alerts. Whatever cannot be told is said to be missing, and found in MySQL.
/// </summary>
internal sealed partial class LiveNews(IGrainFactory grains, TimeProvider clock, ILogger<LiveNews> logger) : BackgroundService
{
    private const int Room = 2 * ILiveGrain.MostAtOnce;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CountsEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly NewsBuffer _buffer = new(Room);
    private readonly SemaphoreSlim _wake = new(0, 1);
    private bool _heard = true;

    /// <summary>Takes no time, and next to none while nobody listens.</summary>
    public void Committed(IReadOnlyList<KeyChange> changes, IReadOnlyDictionary<IncidentId, long> counts)
    {
        lock (_lock)
        {
            if (!_heard)
            {
                _buffer.Miss(changes.Min(static change => change.DecidedAt) - Episode.LastSeenStep);
                return;
            }

            foreach (var change in changes)
            {
                var isUrgent = NewsOf.IsUrgent(change);
                foreach (var news in NewsOf.Change(change, counts))
                {
                    _buffer.Add(news, isUrgent);
                }
            }

            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
    }

    /// <summary>What was committed last is told before this silo is gone, if that is quick; else it is found in MySQL.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await Publish(countsToo: true).WaitAsync(Rest, clock, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            LogNotPublished(e.Message);
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var counted = clock.GetTimestamp(); ;)
        {
            await _wake.WaitAsync(stoppingToken);
            var countsToo = clock.GetElapsedTime(counted) >= CountsEvery;
            counted = countsToo ? clock.GetTimestamp() : counted;
            await Publish(countsToo);
            await Task.Delay(_heard ? Step : Rest, clock, stoppingToken);
            lock (_lock)
            {
                if (!_buffer.IsEmpty && _wake.CurrentCount == 0)
                {
                    _wake.Release();
                }
            }
        }
    }

    private async Task Publish(bool countsToo)
    {
        List<IncidentNews> news;
        DateTimeOffset? missed;
        lock (_lock)
        {
            if (!countsToo && !_buffer.IsUrgent && _buffer.MissedSince is null)
            {
                return;
            }

            (news, missed) = _buffer.Take(ILiveGrain.MostAtOnce, urgentOnly: !countsToo);
        }

        var isHeard = false;
        try
        {
            isHeard = await grains.GetGrain<ILiveGrain>(ILiveGrain.Key).Publish([.. news], missed);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // It outlives any failure: a hosted service that throws takes the host with it.
            LogNotPublished(exception.Message);
        }

        lock (_lock)
        {
            _heard = isHeard;
            if (!isHeard)
            {
                _buffer.GiveUp(news, missed);
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "WebFronts were not told of changes, they will read them: {Message}")]
    private partial void LogNotPublished(string message);
}
