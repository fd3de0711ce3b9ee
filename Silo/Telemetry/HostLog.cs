using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;

namespace Incidents.Telemetry;

/// <summary>How a host logs when no file, variable or argument says otherwise: one line each, in UTC, and quiet about what
/// is not ours. <c>Logging:Console:FormatterName=json</c> makes each line a JSON object with every field by its name.</summary>
internal static class HostLog
{
    public static void AddLogDefaults(this IHostApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Logging:LogLevel:Incidents.WebFront.Auth"] = "Warning", // ASP.NET Core tells there of every call without a token
                ["Logging:LogLevel:Orleans"] = "Warning",
                ["Logging:LogLevel:Orleans.Runtime.MembershipService"] = "Information",
                ["Logging:LogLevel:Polly"] = "Warning", // it tells of every grain that is placed
                ["Logging:Console:FormatterName"] = ConsoleFormatterNames.Simple,
                ["Logging:Console:FormatterOptions:SingleLine"] = "true",
                ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
                ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-ddTHH:mm:ss.fffZ ",
            },
        });
        builder.Services.PostConfigure<JsonConsoleFormatterOptions>(
            static json => json.TimestampFormat = json.TimestampFormat?.TrimEnd()); // a line's text needs the space, a field does not
    }
}
