using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack.Card;

/// <summary>The card in words without blocks: what a phone shows when the message arrives, and all that an incoming
/// webhook and a refused card say. Discreet always.</summary>
internal static class CardText
{
    private const int MostSeverity = 40;
    private const int MostTitle = 250;
    private const int MostPart = 80;
    private const int MostSummary = 300;

    /// <summary>As <c>critical: NodeCPUHigh (prod-a/shop) firing</c>.</summary>
    public static string Short(CardFacts facts)
    {
        var test = facts.IsTest ? "test, " : "";
        var parts = string.Join('/', Parts(facts.Parts).Select(static part => Inert.Unlinked(part.Value, MostPart)));
        var where = parts.Length > 0 ? $" ({parts})" : "";
        return $"{test}{Severity(facts.Severity, Inert.Unlinked)}: {Title(facts, Inert.Unlinked)}{where} {CardState.Happened(facts, Inert.Unlinked)}";
    }

    /// <summary>With the summary, the counts and the id.</summary>
    public static string Long(CardFacts facts)
    {
        var summary = Inert.Unlinked(facts.Summary, MostSummary);
        return $"{CardState.Emoji(facts)} {Short(facts)}{(summary.Length > 0 ? $" · {summary}" : "")} · {CardCounts.Of(facts)} · {facts.Id}";
    }

    public static string Title(CardFacts facts, Func<string, int, string> inert) =>
        inert(facts.Title, MostTitle) is { Length: > 0 } title ? title : "(untitled)";

    public static string Severity(string severity, Func<string, int, string> inert) => inert(severity, MostSeverity);

    /// <summary>Those that the key has.</summary>
    public static IEnumerable<(string Name, string Value)> Parts(KeyParts parts) =>
        new[] { ("Cluster", parts.Cluster), ("Namespace", parts.Namespace), ("Service", parts.Service), ("Phase", parts.Phase) }
            .Where(static part => Visible.Line(part.Item2).Length > 0);
}
