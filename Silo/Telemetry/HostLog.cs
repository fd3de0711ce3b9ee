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

    /// <summary>Last, when all configuration is there: .NET itself ends in a stack trace that names no setting.</summary>
    /// <exception cref="FormatException">Names the setting and the fix.</exception>
    public static void CheckLogLevels(this IConfiguration configuration)
    {
        var logging = configuration.GetSection("Logging");
        foreach (var levels in logging.GetChildren().Select(static sink => sink.GetSection("LogLevel")).Prepend(logging.GetSection("LogLevel")))
        {
            foreach (var level in levels.GetChildren())
            {
                if (!string.IsNullOrEmpty(level.Value) && !Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out _))
                {
                    throw new FormatException($"{level.Path} must be {string.Join(", ", Enum.GetNames<LogLevel>())}.");
                }
            }
        }
    }
}
