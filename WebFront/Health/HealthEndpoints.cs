using Incidents.WebFront.Auth;
using Incidents.WebFront.Slack;
using Incidents.WebFront.Spool;

namespace Incidents.WebFront.Health;

internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", static () => TypedResults.Ok(new HealthState(HealthStatus.Live, null))).OpenToAll();
        app.MapGet("/health/ready", static async (Readiness readiness, SlackStanding slack, DeliverySpool spool, HttpResponse response) =>
        {
            var workspace = slack.Workspace(); // both are asked at once
            var pulse = await readiness.Check();
            var state = HealthState.Of(
                pulse.Problem, spool.Figures, spool.HasRoom, isSlackShut: (await workspace)?.TokenError is not null);
            response.StatusCode = state.Status == HealthStatus.NotReady ? 503 : 200;
            return state;
        }).OpenToAll();
    }
}
