using System.ComponentModel;
using System.Globalization;
using Incidents.WebFront.Queries;
using Microsoft.AspNetCore.Mvc;

namespace Incidents.WebFront.Api;

/// <summary>The query parameters by which every list is read page by page.</summary>
internal sealed class Paging
{
    public const int StandardLimit = 50;
    public const int MaxLimit = 200;

    [FromQuery(Name = "limit"), Description("1 to 200; default 50.")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor"), Description("next_cursor of the page before.")]
    public string? Cursor { get; init; }

    /// <param name="list">Which list, as one text, to which its cursors are bound.</param>
    /// <returns>The last number that was given; null: from the beginning.</returns>
    public (long? After, int Limit) Read(ParameterReader reader, string list, int maxLimit = MaxLimit)
    {
        long? after = null;
        if (Cursor is { Length: > 0 } cursor)
        {
            after = Queries.Cursor.TryRead(cursor, list, 1, out var values)
                && long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            if (after is null)
            {
                reader.RefuseCursor();
            }
        }

        return (after, reader.Limit(Limit, Math.Min(StandardLimit, maxLimit), maxLimit));
    }
}

/// <summary>A page of incidents.</summary>
/// <param name="NextCursor">For the page after this one; null when this is the last.</param>
internal sealed record IncidentPage(IReadOnlyList<IncidentRow> Incidents, string? NextCursor);

/// <inheritdoc cref="IncidentPage"/>
internal sealed record AlertPage(IReadOnlyList<AlertRow> Alerts, string? NextCursor);

/// <inheritdoc cref="IncidentPage"/>
internal sealed record TimelinePage(IReadOnlyList<TimelineRow> Events, string? NextCursor);

/// <inheritdoc cref="IncidentPage"/>
internal sealed record RejectedPage(IReadOnlyList<RejectedRow> Rejected, string? NextCursor);
