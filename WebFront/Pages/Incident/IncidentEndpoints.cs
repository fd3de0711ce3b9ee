using System.Text;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Pages;

/// <summary>The pages of one incident.</summary>
internal static class IncidentEndpoints
{
    public static void MapIncident(this IEndpointRouteBuilder read)
    {
        read.MapGet("/incidents/{id}", Incident);
        read.MapGet("/incidents/{id}/alerts/{alert:long}", Alert);
        read.MapGet("/incidents/{id}/alerts/{alert:long}/exact", Exact);
        read.MapGet("/incidents/{id}/alerts/{alert:long}/download", Download);
    }

    /// <summary>The page; with what came of an attempt above it.</summary>
    public static async Task<IResult> Show(
        HttpContext http, IncidentReader reader, IncidentId id, Doing? doing, int status, CancellationToken cancel) =>
        await reader.Read(id, http.Request.Query, cancel) is { } whole
            ? PageAnswer.Show<IncidentPage>(
                new()
                {
                    [nameof(IncidentPage.Viewer)] = Viewer.Of(http),
                    [nameof(IncidentPage.Whole)] = whole,
                    [nameof(IncidentPage.Doing)] = doing,
                },
                status)
            : PageAnswer.NotFound(http);

    private static Task<IResult> Incident(HttpContext http, string id, IncidentReader reader) => Of(http, id, (incident, cancel) =>
        Show(http, reader, incident, Doing.Read(http.Request.Query), StatusCodes.Status200OK, cancel));

    private static Task<IResult> Alert(HttpContext http, string id, long alert, AlertQueries alerts) =>
        Of(http, id, alert, alerts, found => PageAnswer.Show<StoredAlertPage>(new()
        {
            [nameof(StoredAlertPage.Viewer)] = Viewer.Of(http),
            [nameof(StoredAlertPage.Alert)] = found,
        }));

    /// <summary>Only the text, for where a page unfolds it.</summary>
    private static Task<IResult> Exact(HttpContext http, string id, long alert, AlertQueries alerts) =>
        Of(http, id, alert, alerts, static found => TypedResults.Text(found.RawPayload, "text/plain", Encoding.UTF8));

    private static Task<IResult> Download(HttpContext http, string id, long alert, AlertQueries alerts) => Of(http, id, alert, alerts, found =>
        TypedResults.File(Encoding.UTF8.GetBytes(found.RawPayload!), "application/json", $"{found.IncidentId}-{found.AlertId}.json"));

    public static Task<IResult> Of(HttpContext http, string id, long alert, AlertQueries alerts, Func<AlertRow, IResult> found) =>
        Of(http, id, async (incident, cancel) => await alerts.Find(incident, alert, cancel) is { } row ? found(row) : PageAnswer.NotFound(http));

    public static Task<IResult> Of(HttpContext http, string id, Func<IncidentId, CancellationToken, Task<IResult>> question) =>
        IncidentId.TryParse(id, out var incident)
            ? PageAnswer.Ask(http, cancel => question(incident, cancel))
            : Task.FromResult(PageAnswer.NotFound(http));
}
