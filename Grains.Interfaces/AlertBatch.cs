using System.Collections.Immutable;

namespace Incidents.Grains.Interfaces;

/// <summary>
/// Every alert of one incident key in one delivery: what one grain call carries. The alerts are in the order in
/// which the grain shall see them; <see cref="Alert.Position"/> is their place in the body.
/// </summary>
[GenerateSerializer, Immutable, Alias("alert-batch")]
public sealed record AlertBatch
{
    /// <summary>UUIDv7 of the webhook request; the same over all its retries. With a position it names an alert.</summary>
    [Id(0)] public required Guid DeliveryId { get; init; }

    /// <summary>1 for the first call. From 2 on the delivery may be stored already and is looked up first.</summary>
    [Id(1)] public required int Attempt { get; init; }

    /// <summary>When the sender is answered at the latest. A batch not begun by then is dropped and never stored.</summary>
    [Id(2)] public required DateTimeOffset Deadline { get; init; }

    /// <summary>When the webhook came in, UTC, whole microseconds.</summary>
    [Id(3)] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What the columns show of the key, each part cut at 255 characters; the key itself, which is the
    /// grain's, is made of the whole parts.</summary>
    [Id(4)] public required KeyParts Parts { get; init; }

    /// <summary>Somebody pressed Grafana's Test button: the group key does not begin with <c>{</c>.</summary>
    [Id(5)] public bool IsTest { get; init; }

    /// <summary>16 hex characters that stand for the sender's <c>groupKey</c>.</summary>
    [Id(6)] public required string Group { get; init; }

    /// <summary>The sender left alerts of this group out (<c>truncatedAlerts &gt; 0</c>).</summary>
    [Id(7)] public bool Truncated { get; init; }

    /// <summary>What surrounds each alert in <c>raw_payload</c>.</summary>
    [Id(8)] public required Envelope Envelope { get; init; }

    [Id(9)] public required ImmutableArray<Alert> Alerts { get; init; }

    /// <summary>Who sent it, by name (<c>[A-Za-z0-9._-]</c>, at most 64); null from a WebFront that does not know yet.</summary>
    [Id(10)] public string? Sender { get; init; }

    /// <summary>The time from now until <see cref="Deadline"/>, when it is sent: the clocks of two machines may differ by
    /// more than that. Zero from a WebFront that does not know yet; then the deadline counts as it is.</summary>
    [Id(11)] public TimeSpan TimeLeft { get; init; }

    /// <summary>Just before it is sent, each time anew.</summary>
    /// <param name="now">By the sender's clock.</param>
    public AlertBatch SentAt(DateTimeOffset now) => this with { TimeLeft = Left(Deadline, now) };

    /// <summary>As the receiver's clock has it; a deadline alone from then on.</summary>
    /// <param name="now">When it came, by that clock.</param>
    public AlertBatch By(DateTimeOffset now) => TimeLeft == default ? this : this with { Deadline = now + TimeLeft, TimeLeft = default };

    /// <summary>Never zero, which means that it is not known.</summary>
    internal static TimeSpan Left(DateTimeOffset deadline, DateTimeOffset now) => deadline > now ? deadline - now : TimeSpan.FromTicks(1);

    /// <summary>At least one alert of this key fires in this delivery.</summary>
    public bool AnyFiring => Alerts.Any(static a => a.State == AlertState.Firing);
}

/// <summary>
/// The delivery's members around its alerts, as UTF-8 bytes: <c>Head + alert + Tail</c> is itself a body that can
/// be posted again.
/// </summary>
[GenerateSerializer, Immutable, Alias("envelope")]
public sealed record Envelope([property: Id(0)] byte[] Head, [property: Id(1)] byte[] Tail)
{
    public int Length => Head.Length + Tail.Length;
}
