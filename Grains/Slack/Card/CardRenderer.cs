using System.Text.Json.Nodes;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack.Card;

/// <summary>What Slack shows of an incident, read on a phone at night: what matters first, on one line.</summary>
internal static class CardRenderer
{
    /// <param name="isNew">A first post: it may mention somebody.</param>
    public static SlackMessage Card(CardFacts facts, CardStyle style, bool isNew)
    {
        var (discreet, shown) = (Discreet.Of(facts), style.ShowDatasourceErrors ? facts : Discreet.Of(facts));
        var text = CardText.Short(discreet);
        var mention = isNew && facts is { IsTest: false, Status: IncidentStatus.Active } && facts.Severity == style.TopSeverity
            ? Mention(style.Mention)
            : "";
        return new(
            text,
            [BlockKit.Section(Headline(shown, style.TopSeverity) + mention)],
            [new JsonObject { ["color"] = CardState.Colour(facts, style.TopSeverity), ["fallback"] = text, ["blocks"] = CardBody.Of(shown) }]);
    }

    /// <summary>What an older message of the incident becomes when a new one was posted because its severity rose.</summary>
    public static SlackMessage Pointer(CardFacts facts)
    {
        var discreet = Discreet.Of(facts);
        var line = $"⬆️ Rose to {CardText.Severity(discreet.PeakSeverity, Inert.Line)}: {CardText.Title(discreet, Inert.Line)}. See the newer message. {facts.Id}";
        return new($"{CardText.Short(discreet)}. See the newer message.", [BlockKit.Section(line)], []);
    }

    /// <summary>For when Slack refuses the card.</summary>
    public static SlackMessage Plain(CardFacts facts) => SlackMessage.Plain(Line(facts));

    /// <summary>For an incoming webhook.</summary>
    public static string Line(CardFacts facts) => CardText.Long(Discreet.Of(facts));

    /// <summary>Bold are only words of ours: after other characters Slack may not see that it ends.</summary>
    private static string Headline(CardFacts facts, string topSeverity)
    {
        var test = facts.IsTest ? "*Test* · " : "";
        var severity = CardText.Severity(facts.Severity, Inert.Line);
        var peak = facts.PeakSeverity == facts.Severity ? "" : $", was {CardText.Severity(facts.PeakSeverity, Inert.Line)}";
        return $"{CardState.Emoji(facts, topSeverity)} {test}*{CardState.Word(facts.Status)}* · {severity}{peak} · {CardText.Title(facts, Inert.Line)}";
    }

    private static string Mention(string? mention) => mention switch
    {
        null => "",
        "here" or "channel" => $" <!{mention}>",
        ['S', ..] => $" <!subteam^{mention}>",
        _ => $" <@{mention}>",
    };
}
