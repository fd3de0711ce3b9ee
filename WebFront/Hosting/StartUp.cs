using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Hosting;

/// <summary>Runs the service. What an administrator can mend (a setting, a port in use) ends the start with one clear
/// line for each fault and exit code 1; a bug still shows its stack.</summary>
internal static partial class StartUp
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
        catch (Exception e) when (Faults(e) is { } faults)
        {
            foreach (var fault in faults)
            {
                await Console.Error.WriteLineAsync($"WebFront cannot start: {fault}");
            }

            return 1;
        }
    }

    /// <summary>A line for each, without secrets; null for a bug.</summary>
    public static IEnumerable<string>? Faults(Exception e) => e switch
    {
        OptionsValidationException validation => validation.Failures.Select(static f => MemberName().Replace(f, string.Empty)).Distinct(),
        AggregateException { InnerExceptions: var inner } when inner.All(static i => Faults(i) is not null) =>
            inner.SelectMany(static i => Faults(i)!),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => [e.Message],
        IOException or FormatException or InvalidDataException => [e.Message],
        _ => null,
    };

    /// <summary>What the validator puts before each message: the member of an options class, which is no setting's
    /// name.</summary>
    [GeneratedRegex(@"^\w+: (?=\w+:)")]
    private static partial Regex MemberName();
}
