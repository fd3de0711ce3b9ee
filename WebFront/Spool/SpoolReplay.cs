using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Spool;

/// <summary>Brings what waits to its grains: key by key in the order of arrival, many keys at once, and from the journal
/// only once it is stored. What is lost in between is looked up by the grain, since it is the same delivery.</summary>
internal sealed partial class SpoolReplay(
    DeliverySpool spool,
    ChainSender sender,
    DeliveryParser parser,
    RejectedDeliveries rejections,
    SpoolInstruments instruments,
    IOptions<SpoolOptions> options,
    TimeProvider clock,
    ILogger<SpoolReplay> logger) : BackgroundService
{
    private static readonly TimeSpan UnstickEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RejectWithin = TimeSpan.FromSeconds(10);

    private int _pass;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        var unstuck = clock.GetTimestamp();
        using var timer = new PeriodicTimer(options.Value.RetryEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await spool.Probe();
                if (spool.Figures.Stuck > 0 && clock.GetElapsedTime(unstuck) > UnstickEvery)
                {
                    unstuck = clock.GetTimestamp();
                    await spool.Unstick();
                }

                while (spool.Figures is var figures && figures.Deliveries > figures.Stuck && await Pass(stoppingToken))
                {
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                LogFailed(e); // what waits does so on
            }
        }
    }

    /// <summary>Once through all that waits.</summary>
    /// <returns>Something was stored, and left the journal.</returns>
    private async Task<bool> Pass(CancellationToken cancel)
    {
        var pass = new ReplayPass(_pass++, sender);
        var settled = false;
        for (var after = 0L; !pass.IsHopeless;)
        {
            var window = await spool.Read(after, pass.Blocked);
            if (window.Rows.Count == 0)
            {
                break; // what is left is blocked
            }

            after = window.Last;
            var items = window.Rows.ConvertAll(Read);
            await pass.Send(items, options.Value.ReplayAtOnce, cancel);
            settled |= await Settle(items);
        }

        return settled;
    }

    private ReplayItem Read(JournalRow row)
    {
        var delivery = parser.Read(row.Entry.Arrival, row.Entry.Body, out var reason);
        return new(row, delivery, delivery is null ? reason.Text() : null);
    }

    /// <summary>A disk that cannot be written does not keep the later ones from being stored: they are looked up then.</summary>
    private async Task<bool> Settle(List<ReplayItem> items)
    {
        var progress = items.Select(static item => item.Progress()).OfType<JournalProgress>().ToList();
        if (progress.Count == 0)
        {
            return false;
        }

        try
        {
            await spool.Settle(progress);
        }
        catch (IOException e)
        {
            LogFailed(e);
            return false;
        }

        var finished = items.Count(static item => item.IsFinished);
        instruments.OnReplayed(finished);
        LogReplayed(finished, spool.Figures.Deliveries);
        await KeepRejected(items);
        return true;
    }

    private async Task KeepRejected(List<ReplayItem> items)
    {
        var began = clock.GetTimestamp();
        foreach (var item in items)
        {
            if (item.Stuck is { } why)
            {
                LogStuck(item.Row.Entry.Arrival.DeliveryId, why);
            }

            if (item.Delivery is { } delivery
                && item.Unstorable.Concat(item.IsFinished ? delivery.Rejected : []).ToList() is { Count: > 0 } rejected)
            {
                if (clock.GetElapsedTime(began) > RejectWithin)
                {
                    LogNotKept(delivery.Arrival.DeliveryId, rejected.Count, rejected[0].Reason);
                    continue; // each of them would wait for a database that is away
                }

                await rejections.Keep(delivery, rejected);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "{Deliveries} deliveries have left the spool, stored; {Left} are left")]
    private partial void LogReplayed(int deliveries, int left);

    [LoggerMessage(LogLevel.Error, "Delivery {DeliveryId} stays in the spool, and is tried again in some minutes: {Why}")]
    private partial void LogStuck(Guid deliveryId, string why);

    [LoggerMessage(LogLevel.Error, "What waits in the spool could not be replayed now")]
    private partial void LogFailed(Exception e);

    [LoggerMessage(LogLevel.Error, "Delivery {DeliveryId}: {Rows} rejected, first {Reason}; LOST, rejected_deliveries cannot be written")]
    private partial void LogNotKept(Guid deliveryId, int rows, RejectReason reason);
}
