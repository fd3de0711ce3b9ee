using System.Collections.Immutable;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack.Card;

/// <summary>All that a card shows of an incident. Every text is as its sender or a person wrote it, untrusted.</summary>
internal sealed record CardFacts
{
    public required IncidentId Id { get; init; }

    public required int Revision { get; init; }

    public required IncidentStatus Status { get; init; }

    public required string Severity { get; init; }

    public required string PeakSeverity { get; init; }

    public bool IsTest { get; init; }

    public required string Title { get; init; }

    public string Summary { get; init; } = "";

    public required KeyParts Parts { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    /// <summary>Rows in <c>grafana_alerts</c>.</summary>
    public long Alerts { get; init; }

    public int Instances { get; init; }

    public int Firing { get; init; }

    /// <summary>The sender left alerts out, or there are more series than are followed: the counts are too low.</summary>
    public bool IsIncomplete { get; init; }

    public (DateTimeOffset At, string By)? Acknowledged { get; init; }

    public (DateTimeOffset At, string? By, Resolution Resolution)? Resolved { get; init; }

    /// <summary>The revision that resolved it; null while it is open.</summary>
    public int? ResolvedRevision { get; init; }

    public string? ActionTaken { get; init; }

    public string? RootCause { get; init; }

    public bool? IsNoise { get; init; }

    /// <summary>Of the latest alert that fired: name to number, as sent.</summary>
    public ImmutableArray<(string Name, double Value)> Values { get; init; } = [];

    /// <summary>Of the latest alert that fired; null when absent. Unchecked.</summary>
    public CardLinks Links { get; init; } = new();

    /// <summary>Annotation <c>Error</c> of a datasource's error; null for other alerts.</summary>
    public string? DatasourceError { get; init; }
}

/// <summary>Addresses as the sender wrote them, of any scheme.</summary>
internal sealed record CardLinks(
    string? Runbook = null, string? Dashboard = null, string? Panel = null, string? Silence = null, string? Rule = null);
