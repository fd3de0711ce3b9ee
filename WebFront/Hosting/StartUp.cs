using Incidents.Settings;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Hosting;

/// <summary>Runs the service. What an administrator can mend (a setting, a port in use) ends the start with one clear
/// line for each fault and exit code 1; a bug still shows its stack.</summary>
internal static class StartUp
{
    public static async Task<int> Run(Func<WebApplication> build)
    {
        try
        {
            await using var app = build();
            app.Services.GetService<IStartupValidator>()?.Validate();
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (StartFaults.Of(e) is { } faults)
        {
            foreach (var fault in faults)
            {
                await Console.Error.WriteLineAsync($"WebFront cannot start: {fault}");
            }

            return 1;
        }
    }
}
