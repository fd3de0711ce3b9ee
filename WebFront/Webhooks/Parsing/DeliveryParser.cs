using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>Reads a body alert by alert and sorts the alerts by incident key.</summary>
internal sealed class DeliveryParser(IOptions<WebhookOptions> options, IOptions<KeyLabelsOptions> keyLabels)
{
    private readonly KnownLabels _known = new(keyLabels.Value);

    /// <summary>Null when the body as a whole is unusable; then <paramref name="reason"/> says why. A delivery may
    /// still hold no sound alert.</summary>
    public Delivery? Read(Arrival arrival, byte[] bytes, out RejectReason reason)
    {
        if (WebhookBody.Cut(bytes, options.Value.MaxAlerts, out reason) is not { } body)
        {
            return null;
        }

        var parser = new AlertParser(options.Value, _known);
        var sorter = new KeySorter();
        var rejected = new List<RejectedAlert>();
        for (var i = 0; i < body.Alerts.Count; i++)
        {
            var reading = parser.Read(bytes, body.Alerts[i], i);
            if (reading.Alert is { } alert)
            {
                sorter.Add(alert, reading.Key.Parts);
            }
            else
            {
                rejected.Add(new(i, reading.Reason!.Value, body.Alerts[i]));
            }
        }

        var group = GroupFacts.Of(body);
        return new(arrival, bytes, group, DeliveryOrigin.Of(body), body.Alerts, Batches(arrival, body, group, sorter), rejected);
    }

    private static List<KeyedBatch> Batches(Arrival arrival, WebhookBody body, GroupFacts group, KeySorter sorter)
    {
        if (sorter.First is not { } first)
        {
            return [];
        }

        var plan = EnvelopePlan.For(body, sorter.Count, sorter.Bytes);
        return [.. sorter.Batches.Select(sorted => new KeyedBatch(sorted.Key, new AlertBatch
        {
            DeliveryId = arrival.DeliveryId,
            Attempt = 1,
            Deadline = arrival.Deadline,
            ReceivedAt = arrival.At,
            Parts = sorted.Parts,
            IsTest = group.IsTest,
            Group = group.Hash,
            Truncated = group.Truncated,
            Envelope = plan.Shared,
            Alerts = sorted.Alerts(first, plan.First),
            Sender = arrival.Sender,
        }))];
    }
}
