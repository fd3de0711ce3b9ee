using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Incidents.Settings;

/// <summary>What an administrator reads of an exception that ended the start: a line for each fault, with the setting and
/// without secrets.</summary>
internal static partial class StartFaults
{
    /// <summary>Null for a bug, which should show its stack.</summary>
    public static IEnumerable<string>? Of(Exception e) => e switch
    {
        OptionsValidationException validation => validation.Failures.Select(static f => MemberName().Replace(f, string.Empty)).Distinct(),
        AggregateException { InnerExceptions: var inner } when inner.All(static i => Of(i) is not null) =>
            inner.SelectMany(static i => Of(i)!).Distinct(),
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => [e.Message],
        IOException or FormatException or InvalidDataException => [e.Message],
        _ => null,
    };

    /// <summary>What the generated validator puts before each message: the member of an options class, which is no
    /// setting's name.</summary>
    [GeneratedRegex(@"^\w+: (?=\w+:)")]
    private static partial Regex MemberName();
}
