using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace Incidents.WebFront.Live;

/// <summary>
/// Hears what silos commit, once for this whole WebFront, and keeps <see cref="LiveLog"/> complete: when it may have missed
/// something it reads MySQL, and every ten seconds in any case, since a silo that dies says nothing.
/// </summary>
internal sealed partial class LiveFeed(
    IGrainFactory grains, LiveLog log, LiveReads reads, IOptions<LiveOptions> options, LiveInstruments instruments, TimeProvider clock, ILogger<LiveFeed> logger)
    : BackgroundService
{
    private const int RenewEvery = 5; // s; the grain forgets after 15
    private const int SweepEvery = 10; // s
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RenewWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(5); // else the grain forgets us meanwhile

    private readonly LiveOrder _order = new();
    private Ear? _ear; // Orleans itself holds it weakly
    private ILiveObserver? _reference;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        for (var second = 0; ; second++)
        {
            if (second % RenewEvery == 0)
            {
                await Renew(stoppingToken);
            }

            var isDue = second % SweepEvery == 0;
            var why = _order.TakeGap(out var missedSince);
            if (why is not null || isDue)
            {
                await Reread(why, missedSince, stoppingToken);
            }

            if (isDue)
            {
                log.Beat();
            }

            await timer.WaitForNextTickAsync(stoppingToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (Interlocked.Exchange(ref _reference, null) is { } reference) // a host may be stopped twice
        {
            try
            {
                await grains.Reach<ILiveGrain>(ILiveGrain.Key).Unsubscribe(reference).WaitAsync(Tick, clock, cancellationToken);
            }
            catch (Exception e) when (RepeatedCall.IsPassing(e))
            {
                // The grain notices by itself in 15 s.
            }
        }
    }

    private void Hear(LiveBatch batch)
    {
        instruments.OnBatch();
        _order.Hear(batch);
        log.Add(batch.News.Select(NewsRow.Of));
    }

    private async Task Renew(CancellationToken stop)
    {
        try
        {
            _ear ??= new(this);
            _reference ??= grains.CreateObjectReference<ILiveObserver>(_ear);
            var standing = await grains.Reach<ILiveGrain>(ILiveGrain.Key).Subscribe(_reference).WaitAsync(RenewWithin, clock, stop);
            if (standing is null)
            {
                LogTooMany();
            }

            _order.Renewed(standing);
        }
        catch (Exception e) when (RepeatedCall.IsPassing(e) && !stop.IsCancellationRequested)
        {
            _order.Renewed(null);
        }
    }

    /// <param name="why">Null when nothing is known to be missing.</param>
    private async Task Reread(LiveGap? why, DateTimeOffset? missedSince, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var known = (log.SoundAt == default ? now : log.SoundAt) - LiveLog.Overlap;
        using var deadline = new CancellationTokenSource(ReadWithin, clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        try
        {
            var (rows, areAll) = await reads.Since(missedSince > known ? missedSince.Value : known, any.Token, options.Value.MaxKept);
            instruments.OnReread(why?.ToString().ToLowerInvariant() ?? "sweep");
            var found = log.Add(rows);
            if (!areAll && log.SoundAt != default)
            {
                log.Break();
            }

            log.Sound(now);
            LogReread(why, found, rows.Count);
        }
        catch (Exception e) when (e is MySqlException or IOException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            _order.Again(why, missedSince);
            LogNotRead(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Live feed {Why}: {Found} of {Read} incidents were news")]
    private partial void LogReread(LiveGap? why, int found, int read);

    [LoggerMessage(LogLevel.Warning, "What changed could not be read, it is tried again: {Message}")]
    private partial void LogNotRead(string message);

    [LoggerMessage(LogLevel.Warning, "There are too many WebFronts for the live feed: pages of this one are up to ten seconds late")]
    private partial void LogTooMany();

    private sealed class Ear(LiveFeed feed) : ILiveObserver
    {
        public Task Hear(LiveBatch batch)
        {
            feed.Hear(batch);
            return Task.CompletedTask;
        }
    }
}
