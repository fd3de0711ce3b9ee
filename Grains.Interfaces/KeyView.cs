namespace Incidents.Grains.Interfaces;

/// <summary>A key as its grain has it in memory, for people who watch the cluster. Without the texts that alerts carry.</summary>
[GenerateSerializer, Immutable, Alias("key-view")]
public sealed record KeyView
{
    [Id(0)] public required string Key { get; init; }

    /// <summary>The fence: the key's row had this version when it was last read or written.</summary>
    [Id(1)] public required ulong Version { get; init; }

    /// <summary>Alerts that have come and are not decided on yet.</summary>
    [Id(2)] public int AlertsWaiting { get; init; }

    /// <summary>The latest incident, open or resolved; null when there was none.</summary>
    [Id(3)] public string? Incident { get; init; }

    [Id(4)] public string? Status { get; init; }

    [Id(5)] public string? Severity { get; init; }

    [Id(6)] public string? PeakSeverity { get; init; }

    [Id(7)] public bool IsTest { get; init; }

    [Id(8)] public DateTimeOffset? FirstSeenAt { get; init; }

    [Id(9)] public DateTimeOffset? LastSeenAt { get; init; }

    [Id(10)] public long AlertsReceived { get; init; }

    [Id(11)] public int Series { get; init; }

    [Id(12)] public int SeriesFiring { get; init; }

    [Id(13)] public int Revision { get; init; }
}
