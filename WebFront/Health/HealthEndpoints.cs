using System.Text.Json.Serialization;
using Incidents.WebFront.Auth;

namespace Incidents.WebFront.Health;

internal static class HealthEndpoints
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", static () => TypedResults.Ok(new HealthAnswer("live", null))).OpenToAll();
        app.MapGet("/health/ready", static async (Readiness readiness, HttpResponse response) =>
        {
            var pulse = await readiness.Check();
            response.StatusCode = pulse.Problem is null ? 200 : 503;
            return new HealthAnswer(pulse.Problem is null ? "ready" : "not_ready", pulse.Problem);
        }).OpenToAll();
    }
}

internal sealed record HealthAnswer(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Problem);
