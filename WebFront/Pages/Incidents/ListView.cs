using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Pages;

/// <summary>What the page of incidents shows.</summary>
/// <param name="ReadAt">Not later than what is shown.</param>
public sealed record ListView(ListAddress Address, IReadOnlyList<IncidentRow> Rows, string? Next, IncidentCounts Counts, DateTimeOffset ReadAt)
{
    /// <summary>Why nothing is listed: a parameter that means nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>What became of the last press of a button.</summary>
    public ListFlash? Flash { get; init; }

    /// <summary>When nothing is open: the last that was resolved.</summary>
    public IncidentRow? Latest { get; init; }

    /// <summary>There was never any incident.</summary>
    public bool IsFirstRun => Counts.Incidents.Count == 0 && Counts.Tests.Count == 0;
}
