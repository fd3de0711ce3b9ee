using Incidents.Telemetry;

namespace Incidents.Silo;

/// <summary>What watches grain calls. It costs every call something, so it is a setting.</summary>
internal static class Watching
{
    public static void Configure(ISiloBuilder silo, IConfiguration configuration)
    {
        if (TelemetrySettings.Of(configuration).Traces)
        {
            silo.AddActivityPropagation();
        }
    }
}
