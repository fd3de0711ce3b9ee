using System.ComponentModel;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Queries;
using Microsoft.AspNetCore.Mvc;

namespace Incidents.WebFront.Api;

internal static class IncidentEndpoints
{
    private const int MaxRaw = 20; // each may be a quarter of a MiB

    public static void MapIncidents(this IEndpointRouteBuilder api)
    {
        var incidents = api.MapGroup("/incidents").WithTags("Incidents");
        incidents.MapGet("", List)
            .WithSummary("Lists incidents, the newest first")
            .WithDescription("Without status only open ones. Different parameters must all hold; of several values of one parameter any.")
            .Produces<IncidentPage>();
        incidents.MapGet("counts", Counts)
            .WithSummary("How many incidents there are, by status and severity")
            .WithDescription("Kept up to date with each commit, not counted; a read-only replica may lag.")
            .Produces<IncidentCounts>();
        incidents.MapGet("{id}", Find)
            .WithSummary("One incident with its series")
            .WithDescription("With at most 2,000 instances, one for each alerting series.")
            .Produces<IncidentRow>().ProducesProblem(404);
        incidents.MapGet("{id}/alerts", Alerts)
            .WithSummary("The stored alerts of one incident, the newest first")
            .WithDescription($"With raw=true at most {MaxRaw} at a time, each with the payload exactly as it came.")
            .Produces<AlertPage>().ProducesProblem(404);
        incidents.MapGet("{id}/timeline", Timeline)
            .WithSummary("What happened to one incident, in order")
            .WithDescription("Opened, acknowledged, resolved, notes, amendments and changes of severity; alerts_received ties it to the alerts.")
            .Produces<TimelinePage>().ProducesProblem(404);
    }

    private static Task<IResult> List(HttpContext http, [AsParameters] IncidentListQuery query, IncidentQueries incidents)
    {
        var reader = new ParameterReader();
        var (filter, after, limit) = query.Read(reader);
        return Reading.Answer(http, reader, async cancel =>
        {
            var page = await incidents.List(filter, after, limit, cancel);
            return TypedResults.Ok(new IncidentPage(page.Rows, page.Next));
        });
    }

    private static Task<IResult> Counts(HttpContext http, CountQueries counts) =>
        Reading.Answer(http, async cancel => TypedResults.Ok(await counts.Read(cancel)));

    private static Task<IResult> Find(
        HttpContext http, [Description("Such as INC-20260102030405-0123456789abcdef.")] string id, IncidentQueries incidents) =>
        IncidentId.TryParse(id, out var incident)
            ? Reading.Answer(http, async cancel => await incidents.Find(incident, cancel) is { } found
                ? TypedResults.Ok(found)
                : Problems.UnknownIncident())
            : Task.FromResult<IResult>(Problems.NotAnIncidentId());

    private static Task<IResult> Alerts(
        HttpContext http,
        [Description("Such as INC-20260102030405-0123456789abcdef.")] string id,
        [AsParameters] Paging paging,
        [FromQuery(Name = "raw"), Description("true: with raw_payload, byte for byte as text.")] string? raw,
        IncidentQueries incidents,
        AlertQueries alerts)
    {
        var reader = new ParameterReader();
        var withRaw = reader.Flag("raw", raw) ?? false;
        var (before, limit) = paging.Read(reader, AlertQueries.Signature(Known(id)), withRaw ? MaxRaw : Paging.MaxLimit);
        return Of(http, id, reader, async (incident, cancel) =>
        {
            var page = await alerts.OfAnIncident(incident, before, limit, withRaw, cancel);
            return page.Rows.Count > 0 || await incidents.Exists(incident, cancel)
                ? TypedResults.Ok(new AlertPage(page.Rows, page.Next))
                : Problems.UnknownIncident();
        });
    }

    private static Task<IResult> Timeline(
        HttpContext http,
        [Description("Such as INC-20260102030405-0123456789abcdef.")] string id,
        [AsParameters] Paging paging,
        IncidentQueries incidents,
        TimelineQueries timeline)
    {
        var reader = new ParameterReader();
        var (after, limit) = paging.Read(reader, TimelineQueries.Signature(Known(id)));
        return Of(http, id, reader, async (incident, cancel) =>
        {
            var page = await timeline.List(incident, after ?? 0, limit, cancel);
            return page.Rows.Count > 0 || await incidents.Exists(incident, cancel)
                ? TypedResults.Ok(new TimelinePage(page.Rows, page.Next))
                : Problems.UnknownIncident();
        });
    }

    private static IncidentId Known(string id) => IncidentId.TryParse(id, out var incident) ? incident : default;

    private static Task<IResult> Of(
        HttpContext http, string id, ParameterReader reader, Func<IncidentId, CancellationToken, Task<IResult>> query) =>
        IncidentId.TryParse(id, out var incident)
            ? Reading.Answer(http, reader, cancel => query(incident, cancel))
            : Task.FromResult<IResult>(Problems.NotAnIncidentId());
}
