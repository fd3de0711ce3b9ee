using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Primitives;

namespace Incidents.WebFront.Queries;

/// <summary>The query parameter <c>status</c>: names, repeated or with commas between; <c>open</c> is all but
/// resolved, and the default.</summary>
internal static class StatusFilter
{
    private static readonly IncidentStatus[] Open = [IncidentStatus.Active, IncidentStatus.Acknowledged];

    /// <summary>Null when a name is unknown.</summary>
    public static IReadOnlyList<IncidentStatus>? Read(StringValues values)
    {
        var names = values.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var statuses = new SortedSet<IncidentStatus>();
        foreach (var name in names)
        {
            IncidentStatus[] meant = name switch
            {
                "open" => Open,
                "active" => [IncidentStatus.Active],
                "acknowledged" => [IncidentStatus.Acknowledged],
                "resolved" => [IncidentStatus.Resolved],
                _ => [],
            };
            if (meant.Length == 0)
            {
                return null;
            }

            statuses.UnionWith(meant);
        }

        return statuses.Count == 0 ? Open : [.. statuses];
    }

    public static string Text(IncidentStatus status) => status switch
    {
        IncidentStatus.Active => "active",
        IncidentStatus.Acknowledged => "acknowledged",
        IncidentStatus.Resolved => "resolved",
    };
}
