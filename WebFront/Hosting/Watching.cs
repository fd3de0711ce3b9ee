using Incidents.Telemetry;
using Incidents.WebFront.Auth;
using Orleans.Dashboard;

namespace Incidents.WebFront.Hosting;

/// <summary>What watches grain calls, and the dashboard's pages. Each costs every call something, so each is a setting
/// that the silos have too.</summary>
internal static class Watching
{
    private const string Path = "/dashboard";

    /// <exception cref="FormatException">A setting is wrong.</exception>
    public static void AddWatching(this WebApplicationBuilder builder) => builder.UseOrleansClient(client =>
    {
        if (TelemetrySettings.Of(builder.Configuration).Traces)
        {
            client.AddActivityPropagation();
        }

        if (HasDashboard(builder.Configuration))
        {
            client.AddDashboard(static dashboard => dashboard.HideTrace = true); // it would stream the log
        }
    });

    public static void MapWatching(this WebApplication app)
    {
        app.MapMetrics().Needs(Scope.Read);
        if (HasDashboard(app.Configuration))
        {
            app.MapOrleansDashboard(Path).Needs(Scope.Admin);
        }
    }

    public static bool HasDashboard(IConfiguration configuration) => configuration.Switch("Dashboard:Enabled") ?? false;
}
