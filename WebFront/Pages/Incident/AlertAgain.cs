using System.Text;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.AuditTrail;
using Incidents.WebFront.Queries;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Pages;

/// <summary>Sends a stored alert to its grain once more, as a delivery of its own. No sender sent it: nothing is counted as
/// one's, and nobody falls silent.</summary>
internal sealed partial class AlertAgain(
    DeliveryParser parser, DeliverySender sender, AuditLog audit, TimeProvider clock, ILogger<AlertAgain> logger)
{
    /// <summary>As it is stored with the alert.</summary>
    public const string Sender = "replay";

    private static readonly TimeSpan StoredWithin = TimeSpan.FromSeconds(10);

    /// <summary>The audit has it first.</summary>
    /// <param name="delivery">Made with the page, so that a form sent twice is one delivery.</param>
    public async Task<AgainResult> Post(AlertRow alert, Guid delivery, string by, Origin origin)
    {
        using var deadline = new CancellationTokenSource(StoredWithin, clock);
        var asked = new AuditEntry(
            clock.GetUtcNow(), by, null, origin, AuditEntry.PostAgain, alert.IncidentId, AuditEntry.Asked, $"alert {alert.AlertId} as delivery {delivery}");
        if (await audit.Write(asked, deadline.Token) is not { } row)
        {
            return new(null, null);
        }

        var result = await Post(alert, delivery, deadline.Token);
        await audit.Settle(row, result.Refusal is null ? AuditEntry.OutcomeOf(result.Stored) : AuditEntry.Rejected);
        LogPosted(alert.AlertId, by, delivery, result.Stored?.Fate);
        return result;
    }

    private async Task<AgainResult> Post(AlertRow alert, Guid delivery, CancellationToken deadline)
    {
        var arrival = Arrival.Of(WebhookSource.Grafana, Sender, clock.GetUtcNow(), StoredWithin) with { DeliveryId = delivery };
        if (parser.Read(arrival, Encoding.UTF8.GetBytes(alert.RawPayload!), out var reason) is not { } read)
        {
            return new(null, reason.Message());
        }

        if (read.Rejected is [var rejected, ..])
        {
            return new(null, rejected.Reason.Message());
        }

        // From the second attempt on, what is stored already is found and not stored again.
        var looked = read with { Batches = [.. read.Batches.Select(static one => one with { Batch = one.Batch with { Attempt = 2 } })] };
        return new((await sender.Send(looked, deadline)).Results.FirstOrDefault(), null);
    }

    [LoggerMessage(LogLevel.Information, "Alert {AlertId} was posted again by {Actor} as delivery {DeliveryId}: {Fate}")]
    private partial void LogPosted(long alertId, string actor, Guid deliveryId, AlertFate? fate);
}

/// <param name="Stored">Null when that is not confirmed, or it was not accepted.</param>
/// <param name="Refusal">Why it was not accepted.</param>
public sealed record AgainResult(AlertResult? Stored, string? Refusal);
