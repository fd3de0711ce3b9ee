using System.Diagnostics;
using System.Text.RegularExpressions;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack.Card;

/// <summary>How a state looks and is called.</summary>
internal static partial class CardState
{
    private const int MostActor = 120;

    /// <summary>What the highest severity is called unless configuration says otherwise.</summary>
    private const string Critical = "critical";

    /// <summary>Of the bar beside the card.</summary>
    public static string Colour(CardFacts facts, string topSeverity) => (facts.Status, facts.IsTest) switch
    {
        (IncidentStatus.Resolved, _) => "#2EB67D",
        (_, true) => "#8E6BBF",
        (IncidentStatus.Acknowledged, _) => "#4A7DB5",
        _ => Looks(facts.Severity, topSeverity) switch
        {
            Critical => "#D6242D",
            "error" => "#E8702A",
            "warning" => "#E8B02A",
            "info" => "#5FA8D3",
            _ => "#8D8D8D",
        },
    };

    public static string Emoji(CardFacts facts, string topSeverity = Critical) => (facts.Status, facts.IsTest) switch
    {
        (IncidentStatus.Resolved, _) => "✅",
        (_, true) => "🧪",
        (IncidentStatus.Acknowledged, _) => "👀",
        _ => Looks(facts.Severity, topSeverity) switch
        {
            Critical => "🔴",
            "error" => "🟠",
            "warning" => "🟡",
            "info" => "🔵",
            _ => "⚪",
        },
    };

    public static string Word(IncidentStatus status) => status switch
    {
        IncidentStatus.Active => "Firing",
        IncidentStatus.Acknowledged => "Acknowledged",
        IncidentStatus.Resolved => "Resolved",
    };

    /// <summary>As <c>acknowledged by minsu.kim</c>; without markup.</summary>
    /// <param name="inert">How the actor's name is made inert.</param>
    public static string Happened(CardFacts facts, Func<string, int, string> inert) => facts switch
    {
        { Status: IncidentStatus.Active } => "firing",
        { Status: IncidentStatus.Acknowledged, Acknowledged: { } acknowledged } => "acknowledged" + By(acknowledged.By, inert),
        { Status: IncidentStatus.Acknowledged } => "acknowledged",
        { Status: IncidentStatus.Resolved, Resolved: { } resolved } => Resolved(resolved.By, resolved.Resolution, inert),
        { Status: IncidentStatus.Resolved } => "resolved",
        _ => throw new UnreachableException(),
    };

    public static string By(string? actor, Func<string, int, string> inert) =>
        actor is { Length: > 0 } ? $" by {inert(SlackActor().Replace(actor, "${name}"), MostActor)}" : "";

    private static string Looks(string severity, string topSeverity) => severity == topSeverity ? Critical : severity;

    private static string Resolved(string? by, Resolution resolution, Func<string, int, string> inert) => resolution switch
    {
        Resolution.Person => "resolved" + By(by, inert),
        Resolution.Auto => "resolved by itself: all of its instances ended",
        Resolution.Stale => "resolved as stale: nothing was heard of it any more",
        Resolution.NeverOpened => "resolved: only its end was received",
        Resolution.Test => "test ended",
    };

    /// <summary>Whose press it was, for people: the id is for the record.</summary>
    [GeneratedRegex(@"^(?<name>.*\S)\s*\(Slack [UW][A-Z0-9]+\)$", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex SlackActor();
}
