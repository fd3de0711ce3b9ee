using System.Collections.Concurrent;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Senders;
using Incidents.WebFront.Spool;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Webhooks;

/// <summary>What happens to a body once it is here: sound alerts go to their grains, or into the spool when that is not
/// done in time; the others are kept aside; and the sender hears of each.</summary>
internal sealed partial class DeliveryDesk(
    DeliveryParser parser,
    DeliverySender sender,
    DeliverySpool spool,
    RejectedDeliveries rejections,
    SenderLedger senders,
    WebhookInstruments instruments,
    TimeProvider clock,
    ILogger<DeliveryDesk> logger)
{
    /// <param name="deadline">For storing; the spool has its own time.</param>
    public async Task Process(HttpResponse response, Arrival arrival, byte[] body, CancellationToken deadline)
    {
        var started = clock.GetTimestamp();
        if (Read(arrival, body, out var reason) is not { } delivery)
        {
            instruments.OnRefused(reason.Text());
            await rejections.Keep(arrival, body, reason);
            await WebhookAnswer.Refused(response, 400, reason.Text(), reason.Message(), []);
            return;
        }

        var http = response.HttpContext;
        senders.OnDelivery(delivery, http.Connection.RemoteIpAddress, http.Request.Headers.UserAgent.ToString());
        var (results, undone) = await sender.Send(delivery, deadline);
        if (!undone.IsEmpty)
        {
            await IntoSpool(response, delivery, results, undone);
            return;
        }

        var rejected = Rejected(delivery, results);
        instruments.OnRejected(rejected);
        await rejections.Keep(delivery, rejected);
        LogDone(arrival.DeliveryId, arrival.Source, delivery.AlertCount, delivery.Batches.Count, rejected.Count,
            clock.GetElapsedTime(started).TotalMilliseconds);
        await Answer(response, delivery, results, rejected);
    }

    private async Task IntoSpool(HttpResponse response, Delivery delivery, AlertResult?[] results, ConcurrentQueue<KeyedBatch> undone)
    {
        var (id, source) = (delivery.Arrival.DeliveryId, delivery.Arrival.Source);
        var outcome = await spool.Add(JournalEntry.Of(delivery, undone));
        if (outcome != SpoolOutcome.Kept)
        {
            LogNotInTime(id, source, delivery.AlertCount, undone.First().Key, outcome);
            instruments.OnRefused(outcome.Text());
            response.Headers.RetryAfter = "5";
            await WebhookAnswer.Refused(response, 503, outcome.Text(), outcome.Message(), []);
            return;
        }

        // What is unusable is kept aside when the rest is stored: now the database may be away. What is not stored,
        // though, is known to no other.
        var rejected = Rejected(delivery, results);
        instruments.OnRejected(rejected);
        await rejections.Keep(delivery, [.. rejected.Where(static alert => alert.Reason == RejectReason.Unstorable)]);
        instruments.OnSpooled(delivery.Arrival.Sender, delivery.AlertCount - rejected.Count);
        LogSpooled(id, source, undone.Count, undone.First().Key);
        await WebhookAnswer.Spooled(response, results, undone, rejected, response.HttpContext.RequestAborted);
    }

    private Delivery? Read(Arrival arrival, byte[] body, out RejectReason reason)
    {
        using var parse = WebhookTrace.Parse(arrival);
        var delivery = parser.Read(arrival, body, out reason);
        parse.Found(delivery);
        return delivery;
    }

    private Task Answer(
        HttpResponse response,
        Delivery delivery,
        AlertResult?[] results,
        List<RejectedAlert> rejected)
    {
        const RejectReason Nothing = RejectReason.NothingUsable;
        if (rejected.Count > 0 && rejected.Count == delivery.AlertCount)
        {
            instruments.OnRefused(Nothing.Text());
            return WebhookAnswer.Refused(response, 400, Nothing.Text(), Nothing.Message(), rejected);
        }

        instruments.OnAccepted(delivery.Arrival.Sender, delivery.AlertCount - rejected.Count);
        return WebhookAnswer.Accepted(response, results, rejected, response.HttpContext.RequestAborted);
    }

    /// <summary>Those that were unusable, and those that the database refused, by position.</summary>
    private static List<RejectedAlert> Rejected(Delivery delivery, AlertResult?[] results)
    {
        List<RejectedAlert> rejected =
        [
            .. delivery.Rejected,
            .. results.Where(static r => r?.Fate == AlertFate.Unstorable)
                .Select(r => new RejectedAlert(r!.Position, RejectReason.Unstorable, delivery.Ranges[r.Position])),
        ];
        rejected.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        return rejected;
    }

    [LoggerMessage(LogLevel.Debug, "Delivery {DeliveryId} from {Source}: {Alerts} alerts, {Keys} keys, {Rejected} rejected, {Milliseconds} ms")]
    private partial void LogDone(Guid deliveryId, WebhookSource source, int alerts, int keys, int rejected, double milliseconds);

    [LoggerMessage(LogLevel.Debug, "Delivery {DeliveryId} from {Source}: {Keys} keys wait in the spool, first {IncidentKey}")]
    private partial void LogSpooled(Guid deliveryId, WebhookSource source, int keys, IncidentKey incidentKey);

    [LoggerMessage(LogLevel.Error, "Delivery {DeliveryId} from {Source}: {Alerts} alerts, first of key {IncidentKey}, not confirmed in time; answered 503: {Outcome}")]
    private partial void LogNotInTime(Guid deliveryId, WebhookSource source, int alerts, IncidentKey incidentKey, SpoolOutcome outcome);
}
