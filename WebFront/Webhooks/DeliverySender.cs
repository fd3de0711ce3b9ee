using System.Collections.Concurrent;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;
using Incidents.WebFront.Spool;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks;

/// <summary>Brings a delivery's batches to their grains, all at once, and gathers what became of each alert.</summary>
internal sealed partial class DeliverySender(
    IGrainFactory grains,
    DeliverySpool spool,
    Outage outage,
    IOptions<WebhookOptions> options,
    WebhookInstruments instruments,
    TimeProvider clock,
    ILogger<DeliverySender> logger)
{
    /// <param name="deadline">Past it, what is not confirmed may be stored or not.</param>
    public async Task<Sent> Send(Delivery delivery, CancellationToken deadline)
    {
        var sent = new Sent(new AlertResult?[delivery.AlertCount], []);
        if (delivery.Batches is [var only])
        {
            await Send(delivery, only, sent, deadline);
            return sent;
        }

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.MaxCallsPerDelivery };
        await Parallel.ForEachAsync(delivery.Batches, parallel, async (batch, _) => await Send(delivery, batch, sent, deadline));
        return sent;
    }

    private async Task Send(Delivery delivery, KeyedBatch keyed, Sent sent, CancellationToken deadline)
    {
        // In the order of arrival at each key; and who cannot be stored anyhow need not wait to find out.
        if (spool.Holds(keyed.Key) || (outage.TurnsAway() && spool.HasRoom) || deadline.IsCancellationRequested)
        {
            sent.Undone.Enqueue(keyed);
            return;
        }

        try
        {
            foreach (var result in await Observe(keyed, deadline))
            {
                sent.Results[result.Position] = result;
            }

            outage.Stored();
        }
        catch (OperationCanceledException)
        {
            outage.NotStored(keyed.Key);
            sent.Undone.Enqueue(keyed);
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            LogBug(keyed.Key, delivery.Arrival.DeliveryId, bug); // the spool finds out which alert it is
            sent.Undone.Enqueue(keyed);
        }
    }

    private async Task<IEnumerable<AlertResult>> Observe(KeyedBatch keyed, CancellationToken deadline)
    {
        var attempt = 0;
        var answer = await RepeatedCall.Until(
            static answer => answer.Status == ObserveStatus.Done,
            async call =>
            {
                attempt++;
                if (call > 1)
                {
                    instruments.OnCallRepeated();
                }

                var one = await grains.Reach<IIncidentKeyGrain>(keyed.Key.Value)
                    .Observe((attempt == 1 ? keyed.Batch : keyed.Batch with { Attempt = attempt }).SentAt(clock.GetUtcNow()));
                attempt -= one.Status == ObserveStatus.Overloaded ? 1 : 0; // nothing of it was taken: nothing to look up
                return one;
            },
            clock,
            deadline);
        return answer.Alerts;
    }

    [LoggerMessage(LogLevel.Error, "{IncidentKey}: delivery {DeliveryId} cannot be sent")]
    private partial void LogBug(IncidentKey incidentKey, Guid deliveryId, Exception bug);
}

/// <summary>What became of a delivery in time.</summary>
/// <param name="Results">By position; null where the alert was rejected before or is not confirmed.</param>
/// <param name="Undone">The batches of which nothing is confirmed.</param>
internal sealed record Sent(AlertResult?[] Results, ConcurrentQueue<KeyedBatch> Undone);
