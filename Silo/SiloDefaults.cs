using Microsoft.Extensions.Configuration.Memory;

namespace Incidents.Silo;

/// <summary>What holds when no file, variable or argument says otherwise. Here and not in a file, since the program may
/// be started from any directory.</summary>
internal static class SiloDefaults
{
    public static IConfigurationSource Source => new MemoryConfigurationSource
    {
        InitialData = new Dictionary<string, string?>
        {
            ["Urls"] = "http://127.0.0.1:8081",
            ["Orleans:ClusterId"] = "incidents",
            ["Orleans:ServiceId"] = "incidents",
            ["Orleans:Endpoints:AdvertisedIPAddress"] = "127.0.0.1",
            ["Orleans:Endpoints:SiloPort"] = "11111",
            ["Orleans:Endpoints:GatewayPort"] = "30000",
        },
    };
}
