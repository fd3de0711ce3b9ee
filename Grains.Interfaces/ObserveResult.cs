using System.Collections.Immutable;

namespace Incidents.Grains.Interfaces;

/// <summary>The answer to one <see cref="AlertBatch"/>. When it is not <see cref="ObserveStatus.Done"/>, some of the
/// batch may be stored: the caller repeats it with the same delivery id and a higher attempt, or gives up.</summary>
[GenerateSerializer, Immutable, Alias("observe-result")]
public sealed record ObserveResult(
    [property: Id(0)] ObserveStatus Status,
    [property: Id(1)] ImmutableArray<AlertResult> Alerts)
{
    public static ObserveResult Failed(ObserveStatus status) => new(status, []);
}

[GenerateSerializer, Alias("observe-status")]
public enum ObserveStatus
{
    /// <summary>Every alert is stored or rejected for good; the commit is durable.</summary>
    Done = 1,

    /// <summary>The deadline passed first (the database is away, slow, or the key's row is locked).</summary>
    Expired = 2,

    /// <summary>The grain's queue is full.</summary>
    Overloaded = 3,
}

/// <summary>What became of one alert, after the commit.</summary>
/// <param name="AlertCount">Rows of the incident as of that commit.</param>
/// <param name="IncidentId">Null only when rejected.</param>
/// <param name="Reason">Null when the alert is a duplicate or rejected.</param>
[GenerateSerializer, Immutable, Alias("alert-result")]
public sealed record AlertResult(
    [property: Id(0)] int Position,
    [property: Id(1)] AlertFate Fate,
    [property: Id(2)] IncidentId? IncidentId,
    [property: Id(3)] bool IsNewIncident,
    [property: Id(4)] long AlertCount,
    [property: Id(5)] IncidentStatus? Status,
    [property: Id(6)] AlertReason? Reason);

[GenerateSerializer, Alias("alert-fate")]
public enum AlertFate
{
    Stored = 1,

    /// <summary>Stored by an earlier attempt of the same delivery.</summary>
    Duplicate = 2,

    /// <summary>The database refuses this one alert; it is in <c>rejected_deliveries</c>.</summary>
    Unstorable = 3,
}
