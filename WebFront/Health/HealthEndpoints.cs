using Incidents.WebFront.Auth;
using Incidents.WebFront.Spool;

namespace Incidents.WebFront.Health;

internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", static () => TypedResults.Ok(new HealthState(HealthStatus.Live, null))).OpenToAll();
        app.MapGet("/health/ready", static async (Readiness readiness, DeliverySpool spool, HttpResponse response) =>
        {
            var state = HealthState.Of((await readiness.Check()).Problem, spool.Figures, spool.HasRoom);
            response.StatusCode = state.Status == HealthStatus.NotReady ? 503 : 200;
            return state;
        }).OpenToAll();
    }
}
