using System.Collections.Immutable;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>One incident: an episode of its key, from the alert that opened it to its end, and what came after.</summary>
internal sealed record Episode
{
    /// <summary>Writing <see cref="LastSeenAt"/> moves index entries, so it advances in steps of at least this.</summary>
    public static readonly TimeSpan LastSeenStep = TimeSpan.FromSeconds(5);

    public required IncidentId Id { get; init; }

    public required KeyParts Parts { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public IncidentStatus Status { get; init; } = IncidentStatus.Active;

    /// <summary>The highest now firing; when none fires, the last one that did.</summary>
    public required string Severity { get; init; }

    public required string PeakSeverity { get; init; }

    public bool IsTest { get; init; }

    /// <summary>The smallest startsAt of its alerts, but neither before the day before nor after it was received.</summary>
    public DateTimeOffset StartTime { get; init; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed in any way, at most <see cref="LastSeenStep"/> too early unless its timeline grew: whoever
    /// looks for changes by it looks back that much further. Moves an index entry, as LastSeenAt does.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    public long AlertsReceived { get; init; }

    public int FiringCount { get; init; }

    public ImmutableDictionary<string, Instance> Instances { get; init; } = NoInstances;

    public Acknowledgement? Acknowledged { get; init; }

    public Closure? Closed { get; init; }

    /// <summary>Groups of which not every series is known: no automatic end meanwhile.</summary>
    public IncompleteGroups Incomplete { get; init; } = IncompleteGroups.None;

    /// <summary>Counts the changes that a person would care about; never a joining alert.</summary>
    public int Revision { get; init; }

    /// <summary>The last number used in its timeline.</summary>
    public int EventSeq { get; init; }

    public bool IsOpen => Closed is null;

    private static ImmutableDictionary<string, Instance> NoInstances { get; } =
        ImmutableDictionary.Create<string, Instance>(StringComparer.Ordinal);

    /// <summary>When time alone may change it; null: never.</summary>
    public DateTimeOffset? DueAt(EpisodeOptions options) => this switch
    {
        { IsOpen: false } => null,
        { IsTest: true } => FirstSeenAt + options.TestAlertLifetime,
        _ => options.StaleAfter > TimeSpan.Zero ? LastSeenAt + options.StaleAfter : null,
    };

    public IncidentView View() =>
        new(Id, Status, Severity, Revision, Acknowledged?.By, Closed?.By, Closed?.Resolution, Acknowledged?.SaidBy, Closed?.SaidBy)
        {
            AcknowledgedAt = Acknowledged?.At,
            ResolvedAt = Closed?.At,
        };
}

internal sealed record Acknowledgement(DateTimeOffset At, string By, string? SaidBy);

internal sealed record Closure(
    DateTimeOffset At,
    Resolution Resolution,
    string? By,
    string? ActionTaken,
    string? RootCause,
    bool? IsNoise,
    string? SaidBy);
