namespace Incidents.Grains.Interfaces;

/// <summary>
/// One element of <c>alerts[]</c>, read once by WebFront. Text is clean (no control characters, no lone
/// surrogates); <see cref="Raw"/> is the element byte for byte.
/// </summary>
[GenerateSerializer, Immutable, Alias("alert")]
public sealed record Alert
{
    /// <summary>Index in the body's <c>alerts[]</c>.</summary>
    [Id(0)] public required int Position { get; init; }

    [Id(1)] public required AlertState State { get; init; }

    /// <summary>The alerting series: the sender's fingerprint, or 16 hex characters made from the labels. At most
    /// 64 characters.</summary>
    [Id(2)] public required string Fingerprint { get; init; }

    /// <summary>As sent, in whole microseconds; null when absent, unreadable or before 1970.</summary>
    [Id(3)] public DateTimeOffset? StartsAt { get; init; }

    /// <summary>As sent, in whole microseconds; null when absent, unreadable or before 1970 (a firing alert has
    /// year 1).</summary>
    [Id(4)] public DateTimeOffset? EndsAt { get; init; }

    /// <summary>At most 255 characters; the whole text is in <see cref="Raw"/>.</summary>
    [Id(5)] public required string AlertName { get; init; }

    /// <summary>The severity label as sent, or empty; at most 64 characters. The domain knows which are listed.</summary>
    [Id(6)] public required string Severity { get; init; }

    /// <summary>Annotation <c>summary</c>, or empty; at most 1,024 characters.</summary>
    [Id(7)] public required string Summary { get; init; }

    /// <summary>Annotation <c>description</c> or <c>message</c>, or empty; at most 4,096 characters.</summary>
    [Id(8)] public required string Message { get; init; }

    /// <summary>The labels as a JSON object of strings, written from the parsed values.</summary>
    [Id(9)] public required string Labels { get; init; }

    /// <summary>The annotations as a JSON object of strings, written from the parsed values.</summary>
    [Id(10)] public required string Annotations { get; init; }

    /// <summary>The numeric <c>values</c> as a JSON object, finite numbers only; null when there are none.</summary>
    [Id(11)] public string? Values { get; init; }

    /// <summary>The element's bytes, exactly as they came.</summary>
    [Id(12)] public required byte[] Raw { get; init; }

    /// <summary>Set when this one alert carries a fuller envelope than its batch.</summary>
    [Id(13)] public Envelope? OwnEnvelope { get; init; }
}

[GenerateSerializer, Alias("alert-state")]
public enum AlertState
{
    Firing = 1,
    Resolved = 2,
}
