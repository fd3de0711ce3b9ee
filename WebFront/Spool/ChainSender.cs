using System.Collections.Concurrent;
using System.Collections.Immutable;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Spool;

/// <summary>Brings what waits at one key to its grain, in portions, until one is not done.</summary>
internal sealed partial class ChainSender(
    IGrainFactory grains, DeliverySpool spool, Outage outage, TimeProvider clock, ILogger<ChainSender> logger)
{
    private const int PortionBatches = 100;
    private const long PortionBytes = 2 << 20;

    /// <summary>What fails so often, and not for lack of a silo or database, does not pass by itself.</summary>
    private const int Faults = 3;

    /// <summary>Less than the call's own timeout: then the grain has dropped what it did not begin.</summary>
    private static readonly TimeSpan StoredWithin = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, int> _faults = [];

    /// <returns>How many of its links are done, and whether all are.</returns>
    public async Task<(int Done, bool Whole)> Send(ReplayChain chain, CancellationToken cancel)
    {
        var done = 0;
        while (done < chain.Links.Count)
        {
            var portion = Portion(chain, done);
            var isLast = done + portion.Count == chain.Links.Count;
            var results = await Send(chain, portion, isLast, cancel) ?? await SendAlone(chain.Key, portion[0], cancel);
            var now = results.TakeWhile(static result => result.Status == ObserveStatus.Done).Count();
            for (var i = 0; i < now; i++)
            {
                portion[i].Item.OnDone(chain.Key, results[i]);
                _faults.TryRemove(portion[i].Batch.DeliveryId, out _);
            }

            done += now;
            if (now < results.Length || results.IsEmpty)
            {
                spool.Stays(chain.Key);
                outage.NotStored(chain.Key);
                return (done, false);
            }

            outage.Stored();
        }

        return (done, true);
    }

    private static List<(ReplayItem Item, AlertBatch Batch)> Portion(ReplayChain chain, int from)
    {
        long bytes = 0;
        return [.. chain.Links.Skip(from).Take(PortionBatches).TakeWhile((link, i) => (bytes += link.Item.Row.Entry.Body.Length) <= PortionBytes || i == 0)];
    }

    private AlertBatch Again(AlertBatch batch) =>
        batch with { Attempt = 2, Deadline = clock.GetUtcNow() + StoredWithin, TimeLeft = StoredWithin };

    /// <summary>Null when it fails for a reason that is none of its silo or database; empty when it does for such.</summary>
    private async Task<ImmutableArray<ObserveResult>?> Send(
        ReplayChain chain, List<(ReplayItem Item, AlertBatch Batch)> portion, bool isLast, CancellationToken cancel)
    {
        try
        {
            var call = grains.Reach<IIncidentKeyGrain>(chain.Key.Value).Replay([.. portion.Select(link => Again(link.Batch))]);
            if (isLast)
            {
                spool.Leaves(chain.Key, chain.Links.Count);
            }

            return await call.WaitAsync(cancel);
        }
        catch (Exception e) when (RepeatedCall.IsPassing(e) && !cancel.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception bug) when (bug is not (OutOfMemoryException or OperationCanceledException))
        {
            LogBug(chain.Key, bug);
            return null;
        }
    }

    /// <summary>To find the one that cannot be sent, which is left out for some time. By the call that every silo knows,
    /// also one of a version before there was a spool.</summary>
    private async Task<ImmutableArray<ObserveResult>> SendAlone(
        IncidentKey key, (ReplayItem Item, AlertBatch Batch) first, CancellationToken cancel)
    {
        try
        {
            return [await grains.Reach<IIncidentKeyGrain>(key.Value).Observe(Again(first.Batch)).WaitAsync(cancel)];
        }
        catch (Exception e) when (RepeatedCall.IsPassing(e) && !cancel.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception bug) when (bug is not (OutOfMemoryException or OperationCanceledException))
        {
            LogBug(key, bug);
        }

        if (_faults.AddOrUpdate(first.Batch.DeliveryId, 1, static (_, faults) => faults + 1) >= Faults)
        {
            first.Item.Stuck = "an error of the service itself, see its log";
            _faults.TryRemove(first.Batch.DeliveryId, out _);
        }

        return [];
    }

    [LoggerMessage(LogLevel.Error, "{IncidentKey}: what waits in the spool cannot be sent")]
    private partial void LogBug(IncidentKey incidentKey, Exception bug);
}
