using Incidents.Grains.Interfaces;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Pages;

/// <summary>All that the page of an incident shows.</summary>
public sealed record WholeIncident
{
    public required IncidentRow Row { get; init; }

    /// <summary>Firing ones first.</summary>
    public required IReadOnlyList<InstanceRow> Series { get; init; }

    /// <summary>How many there are, also those that are not shown.</summary>
    public required int SeriesCount { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<TimelineRow> Timeline { get; init; }

    /// <summary>The cursor of what is older; null when nothing is.</summary>
    public string? OlderEntries { get; init; }

    /// <summary>Without payloads.</summary>
    public required IReadOnlyList<AlertRow> Alerts { get; init; }

    public string? OlderAlerts { get; init; }

    /// <summary>With its payload; null when none is stored any more.</summary>
    public AlertRow? NewestAlert { get; init; }

    public required IReadOnlyList<AlertLink> Links { get; init; }

    public required Earlier Earlier { get; init; }

    /// <summary>A later incident of the same key; null when this is the latest.</summary>
    public LatestIncident? Newer { get; init; }

    /// <summary>Why Slack waits; null when it does not, or nobody knows.</summary>
    public SlackDelay? SlackDelay { get; init; }
}
