using System.Globalization;
using System.Text.Json.Nodes;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack.Card;

/// <summary>The blocks beside the coloured bar. Few: Slack folds the rest of a long attachment. The longest texts add up
/// to less than the 10,000 characters that all blocks may have together.</summary>
internal static class CardBody
{
    private const int MostPart = 120;
    private const int MostSummary = 800;
    private const int MostError = 600;
    private const int MostFinding = 1_200;
    private const int MostLinks = 2_800;
    private const int MostValues = 5;
    private const int MostValueName = 40;

    /// <summary>What Grafana gives every value of a rule that has no data or an error.</summary>
    private const double NoValue = -1;

    public static JsonArray Of(CardFacts facts)
    {
        string[] sections = [Extent(facts), Signal(facts), Outcome(facts), Links(facts.Links)];
        return
        [
            .. sections.Where(static section => section.Length > 0).Select(BlockKit.Section),
            .. CardButtons.Of(facts),
            BlockKit.Context(facts.Id.Value),
        ];
    }

    private static string Extent(CardFacts facts) => Joined(
        '\n',
        $"{CardCounts.Of(facts)} · {(facts.Status == IncidentStatus.Resolved ? "started" : "since")} {SlackTime.Of(facts.StartTime)}",
        facts.IsIncomplete ? "⚠️ Incomplete: the sender left alerts out, or there are more series than are followed, so the counts are too low." : "",
        string.Join(" · ", CardText.Parts(facts.Parts).Select(static part => $"*{part.Name}* {Inert.Line(part.Value, MostPart)}")));

    private static string Signal(CardFacts facts) =>
        Joined('\n', Inert.Line(facts.Summary, MostSummary), Values(facts), Error(facts.DatasourceError));

    private static string Values(CardFacts facts)
    {
        var values = facts.Values.Where(static value => double.IsFinite(value.Value)).ToList();
        if (values.Count == 0 || values.All(static value => value.Value == NoValue))
        {
            return "";
        }

        var top = values.Take(MostValues).Select(static value => $"{Inert.Line(value.Name, MostValueName)} = {CardNumber.Of(value.Value)}");
        var rest = values.Count > MostValues ? string.Create(CultureInfo.InvariantCulture, $" and {values.Count - MostValues} more") : "";
        return $"*Values* {string.Join(" · ", top)}{rest}";
    }

    private static string Error(string? error) => error switch
    {
        null => "",
        "" => "*Datasource error* The rule could not be evaluated. What the datasource said is not shown here: it may name hosts.",
        _ => $"*Datasource error* {Inert.Line(error, MostError)}",
    };

    private static string Outcome(CardFacts facts)
    {
        var isResolved = facts.Status == IncidentStatus.Resolved;
        return Joined(
            '\n',
            facts is { Status: not IncidentStatus.Active, Acknowledged: { } acknowledged }
                ? $"*Acknowledged*{CardState.By(acknowledged.By, Inert.Line)}, {SlackTime.Of(acknowledged.At)}" : "",
            isResolved && facts.Resolved is { } resolved ? $"{Sentence(CardState.Happened(facts, Inert.Line))}, {SlackTime.Of(resolved.At)}" : "",
            isResolved ? Finding("Action taken", facts.ActionTaken) : "",
            isResolved ? Finding("Root cause", facts.RootCause) : "",
            isResolved && facts.IsNoise is { } isNoise ? $"*Noise* {(isNoise ? "yes" : "no")}" : "");
    }

    /// <summary>The first word, which is ours, in bold.</summary>
    private static string Sentence(string happened)
    {
        var end = happened.IndexOfAny([' ', ':']) is var found and >= 0 ? found : happened.Length;
        return $"*{char.ToUpperInvariant(happened[0])}{happened[1..end]}*{happened[end..]}";
    }

    private static string Finding(string name, string? text) =>
        Inert.Lines(text ?? "", MostFinding) is { Length: > 0 } finding ? $"*{name}* {finding}" : "";

    /// <summary>The most useful first: the last ones are left out when they are too long together.</summary>
    private static string Links(CardLinks links)
    {
        var all = "";
        foreach (var link in new[]
        {
            SlackLink.Of(links.Runbook, "Runbook"), SlackLink.Of(links.Dashboard, "Dashboard"), SlackLink.Of(links.Panel, "Panel"),
            SlackLink.Of(links.Silence, "Silence"), SlackLink.Of(links.Rule, "Rule"),
        })
        {
            all = link is null || all.Length + link.Length > MostLinks ? all : all.Length == 0 ? link : $"{all} · {link}";
        }

        return all;
    }

    private static string Joined(char separator, params string[] parts) =>
        string.Join(separator, parts.Where(static part => part.Length > 0));
}
