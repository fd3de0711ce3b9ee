using Incidents.WebFront.Api;

namespace Incidents.WebFront.Pages;

/// <summary>A filter that is set, in words.</summary>
internal static class FilterWords
{
    public static string Name(string name) => name switch
    {
        "status" => ListWords.Status,
        "severity" => ListWords.Severity,
        "cluster" => ListWords.Cluster,
        "namespace" => ListWords.Namespace,
        "service" => ListWords.Service,
        "rule" => ListWords.Rule,
        "text" => ListWords.TitleBegins,
        "since" => ListWords.HeardSince,
        "until" => ListWords.HeardUntil,
        "is_test" => ListWords.Tests,
        _ => name,
    };

    public static string Value(ListSetting setting) => setting switch
    {
        { Name: "status", Value: "open" } => ListWords.Open,
        { Name: "status" } => StatusWords.Of(setting.Value),
        { Name: "is_test", Value: "true" } => ListWords.OnlyTests,
        { Name: "is_test", Value: "false" } => ListWords.WithoutTests,
        _ => setting.Value,
    };

    /// <summary>In UTC; null when it is none.</summary>
    public static DateTime? Time(string text) => new ParameterReader().Time("", text.Length > 0 ? text : null)?.UtcDateTime;
}
