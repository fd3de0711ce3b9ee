using System.Collections.Concurrent;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.Data.Sqlite;
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
    /// <summary>So many keys are tried before all are, and if none of them can be stored no other is.</summary>
    private const int Probes = 4;

    private int _pass;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RetryEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (spool.Figures is var figures && figures.Deliveries > figures.Stuck && await Pass(stoppingToken))
                {
                    _pass++;
                }
            }
            catch (Exception e) when (e is SqliteException or IOException && !stoppingToken.IsCancellationRequested)
            {
                LogDisk(e.Message);
            }

            _pass++;
        }
    }

    /// <summary>Once through all that waits.</summary>
    /// <returns>Something was stored.</returns>
    private async Task<bool> Pass(CancellationToken cancel)
    {
        var blocked = new ConcurrentDictionary<IncidentKey, bool>();
        var stored = 0;
        for (var after = 0L; await spool.Read(after) is { Count: > 0 } rows; after = rows[^1].Seq)
        {
            var items = rows.ConvertAll(Read);
            var chains = Turned(ReplayChain.Of(items, blocked.Keys.ToHashSet()));
            for (var from = 0; from < chains.Count && (stored > 0 || blocked.Count < Probes);)
            {
                var some = chains.Skip(from).Take(stored > 0 ? chains.Count : Probes).ToList();
                await Parallel.ForEachAsync(some, new ParallelOptions { MaxDegreeOfParallelism = options.Value.ReplayAtOnce, CancellationToken = cancel }, Send);
                from += some.Count;
            }

            await Settle(items);
            if (stored == 0 && blocked.Count >= Probes)
            {
                break; // nothing can be stored now
            }
        }

        return stored > 0;

        async ValueTask Send(ReplayChain chain, CancellationToken cancellation)
        {
            var (done, whole) = await sender.Send(chain, cancellation);
            Interlocked.Add(ref stored, done);
            if (!whole)
            {
                blocked[chain.Key] = true;
            }
        }
    }

    /// <summary>Each pass begins elsewhere: a few keys that somebody holds must not be all that is ever probed.</summary>
    private IReadOnlyList<ReplayChain> Turned(IReadOnlyList<ReplayChain> chains)
    {
        var turn = chains.Count == 0 ? 0 : _pass * Probes % chains.Count;
        return [.. chains.Skip(turn), .. chains.Take(turn)];
    }

    private ReplayItem Read(JournalRow row)
    {
        var delivery = parser.Read(row.Entry.Arrival, row.Entry.Body, out var reason);
        return new(row, delivery, delivery is null ? reason.Text() : null);
    }

    private async Task Settle(List<ReplayItem> items)
    {
        var finished = items.FindAll(static item => item.IsFinished);
        foreach (var item in items)
        {
            if (item.Delivery is { } delivery)
            {
                await rejections.Keep(delivery, [.. item.IsFinished ? delivery.Rejected : [], .. item.Unstorable]);
            }

            if (item.Stuck is { } why)
            {
                LogStuck(item.Row.Entry.Arrival.DeliveryId, why);
            }
        }

        if (items.Select(static item => item.Progress()).OfType<JournalProgress>().ToList() is { Count: > 0 } progress)
        {
            await spool.Settle(progress);
            instruments.OnReplayed(finished.Count);
            LogReplayed(finished.Count, spool.Figures.Deliveries);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Deliveries} deliveries were stored out of the spool, {Left} are left")]
    private partial void LogReplayed(int deliveries, int left);

    [LoggerMessage(LogLevel.Error, "Delivery {DeliveryId} stays in the spool, and is tried again after the next start: {Why}")]
    private partial void LogStuck(Guid deliveryId, string why);

    [LoggerMessage(LogLevel.Error, "The spool cannot be read or written: {Message}")]
    private partial void LogDisk(string message);
}
