namespace Incidents.Grains.Interfaces;

/// <summary>An incident as a commit left it: all that a list shows of it.</summary>
[GenerateSerializer, Immutable, Alias("incident-news")]
public sealed record IncidentNews
{
    [Id(0)] public required IncidentId Id { get; init; }

    /// <summary>The version of its key after the commit: of two views of an incident the higher one is the newer.</summary>
    [Id(1)] public required long Change { get; init; }

    [Id(2)] public required KeyParts Parts { get; init; }

    [Id(3)] public required IncidentStatus Status { get; init; }

    [Id(4)] public required string Severity { get; init; }

    [Id(5)] public required string PeakSeverity { get; init; }

    [Id(6)] public required string Title { get; init; }

    [Id(7)] public required string Summary { get; init; }

    [Id(8)] public bool IsTest { get; init; }

    [Id(9)] public required DateTimeOffset StartTime { get; init; }

    [Id(10)] public required DateTimeOffset FirstSeenAt { get; init; }

    [Id(11)] public required DateTimeOffset LastSeenAt { get; init; }

    [Id(12)] public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Stored alerts.</summary>
    [Id(13)] public long AlertCount { get; init; }

    [Id(14)] public long AlertsReceived { get; init; }

    [Id(15)] public int FiringCount { get; init; }

    [Id(16)] public int Revision { get; init; }

    [Id(17)] public DateTimeOffset? AcknowledgedAt { get; init; }

    [Id(18)] public string? AcknowledgedBy { get; init; }

    [Id(19)] public string? AcknowledgedSaidBy { get; init; }

    [Id(20)] public DateTimeOffset? ResolvedAt { get; init; }

    [Id(21)] public string? ResolvedBy { get; init; }

    [Id(22)] public string? ResolvedSaidBy { get; init; }

    [Id(23)] public Resolution? Resolution { get; init; }

    [Id(24)] public string? ActionTaken { get; init; }

    [Id(25)] public string? RootCause { get; init; }

    [Id(26)] public bool? IsNoise { get; init; }
}
