using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks;

/// <summary>Brings a delivery's batches to their grains, all at once, and gathers what became of each alert.</summary>
internal sealed class DeliverySender(
    IGrainFactory grains, IOptions<WebhookOptions> options, WebhookInstruments instruments, TimeProvider clock)
{
    /// <returns>By position; null where the alert was rejected before.</returns>
    /// <exception cref="OperationCanceledException">The deadline passed: some may be stored, none is confirmed.</exception>
    public async Task<AlertResult?[]> Send(Delivery delivery, CancellationToken deadline)
    {
        var results = new AlertResult?[delivery.AlertCount];
        if (delivery.Batches is [var only])
        {
            await Send(only, results, deadline);
            return results;
        }

        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.Value.MaxCallsPerDelivery,
            CancellationToken = deadline,
        };
        await Parallel.ForEachAsync(delivery.Batches, parallel, async (batch, cancel) => await Send(batch, results, cancel));
        return results;
    }

    private async Task Send(KeyedBatch keyed, AlertResult?[] results, CancellationToken deadline)
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
                    .Observe(attempt == 1 ? keyed.Batch : keyed.Batch with { Attempt = attempt });
                attempt -= one.Status == ObserveStatus.Overloaded ? 1 : 0; // nothing of it was taken: nothing to look up
                return one;
            },
            clock,
            deadline);
        foreach (var result in answer.Alerts)
        {
            results[result.Position] = result;
        }
    }
}
