using System.ComponentModel;
using System.Globalization;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Api;
using Incidents.WebFront.Pages;
using Microsoft.AspNetCore.Mvc;

namespace Incidents.WebFront.Live;

/// <summary>The live feed as server-sent events: for programs whole incidents, for pages lines of the list.</summary>
internal static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder api) => api.MapGet("/live", Incidents)
        .WithTags("Incidents")
        .WithSummary("Incidents as they change, as server-sent events")
        .WithDescription(
            "The filters of the list; until the connection ends (after 15 minutes at the latest). `incident`: data is {change, incident}, "
            + "an incident as GET /api/incidents/{id} gives it, without instances; keep of each incident the one with the highest change. "
            + "`gone`: {incident_id, change} no longer matches. `ping`: every 10 s all is well; `waiting` instead while that is not known. `reload`: more changed than is sent, read the list anew. "
            + "To come back without a gap send the id of the last event as Last-Event-ID or as last; some events then come twice.")
        .Produces<LiveIncident>(200, "text/event-stream")
        .DisableHttpMetrics(); // fifteen minutes are no slow answer

    public static void MapLivePages(this IEndpointRouteBuilder pages) => pages.MapGet("/live", Lines).DisableHttpMetrics();

    private static Task<IResult> Incidents(HttpContext http, [AsParameters] LiveQuery query, LiveDoor door)
    {
        var reader = new ParameterReader();
        var (filter, since) = (query.Filter(reader), Since(http, query, reader));
        return reader.Problem is { } problem
            ? Task.FromResult<IResult>(problem)
            : door.Open(http, new(filter), LiveFormat.Whole, since);
    }

    /// <summary>A list's page passes its own address; of that, order and page do not matter.</summary>
    private static Task<IResult> Lines(HttpContext http, [AsParameters] LiveQuery query, [FromQuery(Name = "incident")] string? incident, LiveDoor door)
    {
        var reader = new ParameterReader();
        var (filter, since) = (query.Filter(reader), Since(http, query, reader));
        if (incident is not null && !IncidentId.TryParse(incident, out _))
        {
            reader.Refuse("incident", "incident must be an incident id.");
        }

        return reader.Problem is { } problem
            ? Task.FromResult<IResult>(problem)
            : door.Open(
                http,
                new(filter, incident),
                incident is null ? LiveFormat.Row(CultureInfo.CurrentCulture.Name, Viewer.Of(http)?.CanAct == true) : LiveFormat.Mark,
                since);
    }

    private static DateTimeOffset? Since(HttpContext http, LiveQuery query, ParameterReader reader)
    {
        var text = http.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? query.Last;
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (LiveText.ReadToken(text) is { } since)
        {
            return since;
        }

        reader.Refuse("last", "last must be the id of an event.");
        return null;
    }
}

/// <summary>The query parameters of the live feed.</summary>
internal sealed class LiveQuery : IncidentFilterQuery
{
    [FromQuery(Name = "last"), Description("The id of the last event that was received, as the header Last-Event-ID: what changed since comes first.")]
    public string? Last { get; init; }
}
