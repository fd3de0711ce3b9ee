using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>One webhook request, read: what goes to which grain, and what goes nowhere.</summary>
/// <param name="Group">What it says of its alerts as a group.</param>
/// <param name="Origin">What it says of its sender.</param>
/// <param name="Ranges">Where in the body each element of <c>alerts[]</c> stands.</param>
internal sealed record Delivery(
    Arrival Arrival,
    byte[] Body,
    GroupFacts Group,
    DeliveryOrigin Origin,
    IReadOnlyList<AlertRange> Ranges,
    IReadOnlyList<KeyedBatch> Batches,
    IReadOnlyList<RejectedAlert> Rejected)
{
    public int AlertCount => Ranges.Count;
}

/// <param name="Source">The path that was posted to.</param>
/// <param name="Sender">Who sent it, by name: of its credentials, once these have names; until then the path.</param>
/// <param name="At">UTC, whole microseconds.</param>
/// <param name="Deadline">Until when it may be on its way to its grains.</param>
internal sealed record Arrival(
    Guid DeliveryId, WebhookSource Source, string Sender, DateTimeOffset At, DateTimeOffset Deadline)
{
    public static Arrival Of(WebhookSource source, string sender, DateTimeOffset now, TimeSpan storedWithin)
    {
        var at = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        return new(Guid.CreateVersion7(now), source, sender, at, at + storedWithin);
    }
}

internal sealed record KeyedBatch(IncidentKey Key, AlertBatch Batch);

internal readonly record struct RejectedAlert(int Position, RejectReason Reason, AlertRange Range);
