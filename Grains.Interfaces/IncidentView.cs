namespace Incidents.Grains.Interfaces;

/// <summary>The state of an incident that a person who acts on it must know.</summary>
/// <param name="AcknowledgedBy">Whose credentials acknowledged it.</param>
/// <param name="AcknowledgedSaidBy">Whom these said that they act for; unproven.</param>
[GenerateSerializer, Immutable, Alias("incident-view")]
public sealed record IncidentView(
    [property: Id(0)] IncidentId Id,
    [property: Id(1)] IncidentStatus Status,
    [property: Id(2)] string Severity,
    [property: Id(3)] int Revision,
    [property: Id(4)] string? AcknowledgedBy,
    [property: Id(5)] string? ResolvedBy,
    [property: Id(6)] Resolution? Resolution,
    [property: Id(7)] string? AcknowledgedSaidBy,
    [property: Id(8)] string? ResolvedSaidBy)
{
    /// <summary>Null from a silo of an older version, too.</summary>
    [Id(9)] public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <inheritdoc cref="AcknowledgedAt"/>
    [Id(10)] public DateTimeOffset? ResolvedAt { get; init; }
}

[GenerateSerializer, Alias("incident-status")]
public enum IncidentStatus
{
    Active = 1,
    Acknowledged = 2,
    Resolved = 3,
}

/// <summary>How an incident came to be resolved.</summary>
[GenerateSerializer, Alias("resolution")]
public enum Resolution
{
    /// <summary>A person resolved it.</summary>
    Person = 1,

    /// <summary>All of its series ended.</summary>
    Auto = 2,

    /// <summary>Nothing was heard of it for <c>Episodes:StaleAfter</c>.</summary>
    Stale = 3,

    /// <summary>Only its end was ever received.</summary>
    NeverOpened = 4,

    /// <summary>A test notification whose lifetime ended, or that a real alert replaced.</summary>
    Test = 5,
}
