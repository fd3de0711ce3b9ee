using System.ComponentModel;
using Incidents.WebFront.Queries;
using Microsoft.AspNetCore.Mvc;

namespace Incidents.WebFront.Api;

/// <summary>The query parameters of the list of incidents.</summary>
internal sealed class IncidentListQuery : IncidentFilterQuery
{
    [FromQuery(Name = "sort"), Description("last_seen (default) or opened; always the newest first.")]
    public string? Sort { get; init; }

    [FromQuery(Name = "limit"), Description("1 to 200; default 50.")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("next_cursor of the page before, with the same filters.")]
    public string? Cursor { get; init; }

    public (IncidentFilter Filter, IncidentPosition? After, int Limit) Read(ParameterReader reader)
    {
        var filter = Filter(reader) with
        {
            Sort = reader.OneOf("sort", Sort, IncidentSort.LastSeen, ("last_seen", IncidentSort.LastSeen), ("opened", IncidentSort.Opened)),
        };
        var after = Cursor is { Length: > 0 } cursor ? IncidentPosition.Read(cursor, filter) : null;
        if (after is null && Cursor is { Length: > 0 })
        {
            reader.RefuseCursor();
        }

        return (filter, after, reader.Limit(Limit, Paging.StandardLimit, Paging.MaxLimit));
    }
}
