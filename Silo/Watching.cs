using Incidents.Telemetry;
using Orleans.Dashboard;

namespace Incidents.Silo;

/// <summary>What watches grain calls. Each of it costs every call something, so each is a setting.</summary>
internal static class Watching
{
    public static void Configure(ISiloBuilder silo, IConfiguration configuration)
    {
        if (TelemetrySettings.Of(configuration).Traces)
        {
            silo.AddActivityPropagation();
        }

        // WebFront serves the pages and has the same setting.
        if (configuration.Switch("Dashboard:Enabled") ?? false)
        {
            silo.AddDashboard(static dashboard => dashboard.HideTrace = true);
        }
    }
}
