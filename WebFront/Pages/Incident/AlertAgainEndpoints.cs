using Incidents.WebFront.AuditTrail;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Pages;

/// <summary>Asks before a stored alert is posted again, and says what came of it.</summary>
internal static class AlertAgainEndpoints
{
    private const string Path = "/incidents/{id}/alerts/{alert:long}/again";

    public static void MapAlertAgain(this IEndpointRouteBuilder act)
    {
        act.MapGet(Path, (HttpContext http, string id, long alert, AlertQueries alerts, TimeProvider clock) =>
            IncidentEndpoints.Of(http, id, alert, alerts, found => Show(http, found, Guid.CreateVersion7(clock.GetUtcNow()), null)));
        act.MapPost(Path, Post);
    }

    private static Task<IResult> Post(HttpContext http, string id, long alert, AlertQueries alerts, AlertAgain again) =>
        IncidentEndpoints.Of(http, id, async (incident, cancel) =>
        {
            var form = await http.Request.ReadFormAsync(cancel);
            if (!Guid.TryParse(form["delivery"], out var delivery))
            {
                return PageAnswer.Failure(http, StatusCodes.Status400BadRequest, Words.BadRequestTitle, Words.StaleForm);
            }

            return await alerts.Find(incident, alert, cancel) is { } found
                ? Show(http, found, delivery, await again.Post(found, delivery, Caller.Name(http), Origin.Of(http)))
                : PageAnswer.NotFound(http);
        });

    private static IResult Show(HttpContext http, AlertRow alert, Guid delivery, AgainResult? result) => PageAnswer.Show<AgainPage>(new()
    {
        [nameof(AgainPage.Viewer)] = Viewer.Of(http),
        [nameof(AgainPage.Alert)] = alert,
        [nameof(AgainPage.Delivery)] = delivery,
        [nameof(AgainPage.Result)] = result,
    });
}
