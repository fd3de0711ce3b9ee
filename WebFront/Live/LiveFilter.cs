using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Live;

/// <summary>Which incidents a viewer watches.</summary>
/// <param name="Only">One incident, whatever becomes of it; null: those that the list shows.</param>
internal sealed record LiveFilter(IncidentFilter List, string? Only = null)
{
    /// <summary>Of two viewers with the same one both see the same.</summary>
    public string Signature { get; } = Only ?? List.Signature;

    public LiveFit Fits(IncidentRow row)
    {
        if (Only is not null)
        {
            return row.IncidentId == Only ? LiveFit.Shown : LiveFit.Never;
        }

        return !IncidentMatch.Kind(List, row) ? LiveFit.Never : IncidentMatch.State(List, row) ? LiveFit.Shown : LiveFit.Gone;
    }
}

internal enum LiveFit
{
    Shown = 1,

    /// <summary>Not as it is now; it may have been a moment ago.</summary>
    Gone,

    /// <summary>Nor was it ever.</summary>
    Never,
}
