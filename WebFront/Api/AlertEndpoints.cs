using System.ComponentModel;
using Incidents.WebFront.Queries;
using Microsoft.AspNetCore.Mvc;

namespace Incidents.WebFront.Api;

internal static class AlertEndpoints
{
    private const int MaxFingerprint = 64;

    public static void MapAlerts(this IEndpointRouteBuilder api) => api.MapGet("/alerts", List)
        .WithTags("Alerts")
        .WithSummary("The stored alerts of one series, the newest first")
        .WithDescription("Over all incidents that the series ever belonged to.")
        .Produces<AlertPage>();

    private static Task<IResult> List(
        HttpContext http,
        [FromQuery(Name = "fingerprint"), Description("The series, as the sender names it; 1 to 64 characters. Must be given.")]
        string? fingerprint,
        [AsParameters] Paging paging,
        AlertQueries alerts)
    {
        var reader = new ParameterReader();
        if (fingerprint is null or { Length: 0 or > MaxFingerprint })
        {
            reader.Refuse("fingerprint", $"fingerprint must be given, with 1 to {MaxFingerprint} characters.");
        }

        var (before, limit) = paging.Read(reader, AlertQueries.Signature(fingerprint ?? ""));
        return Reading.Answer(http, reader, async cancel =>
        {
            var page = await alerts.OfASeries(fingerprint!, before, limit, raw: false, cancel);
            return TypedResults.Ok(new AlertPage(page.Rows, page.Next));
        });
    }
}
