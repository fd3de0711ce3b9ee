using Incidents.Telemetry;
using Incidents.WebFront.Auth;

namespace Incidents.WebFront.Hosting;

/// <summary>What watches grain calls. It costs every call something, so it is a setting that the silos have too.</summary>
internal static class Watching
{
    /// <exception cref="FormatException">A setting is wrong.</exception>
    public static void AddWatching(this WebApplicationBuilder builder) => builder.UseOrleansClient(client =>
    {
        if (TelemetrySettings.Of(builder.Configuration).Traces)
        {
            client.AddActivityPropagation();
        }
    });

    public static void MapWatching(this WebApplication app) =>
        app.MapMetrics().Needs(Scope.Read);
}
