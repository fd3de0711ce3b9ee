using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Incidents.Grains.Tests.Slack.Card;

/// <summary>What in a message does something that we did not mean, read as Slack reads it.</summary>
internal static partial class Harmless
{
    public static IEnumerable<string> Faults(JsonNode message)
    {
        var unlinked = new[] { (string)message["text"]! }.Concat(message["attachments"]!.AsArray().Select(static one => (string)one!["fallback"]!));
        var markup = Markups(message).ToList();
        return
        [
            .. markup.Where(static one => one["verbatim"]?.GetValue<bool>() != true).Select(static one => $"not verbatim: {one}"),
            .. markup.SelectMany(static one => Faults((string)one["text"]!)),
            .. unlinked.SelectMany(static text => Faults(text.Replace("\u200B", "", StringComparison.Ordinal)).Concat(Joints().Matches(text).Select(match => $"{match.Value} would be a link: {text}"))),
        ];
    }

    private static IEnumerable<string> Faults(string text)
    {
        var others = Bold().Replace(Ours().Replace(text, ""), "");
        return Meaningful().Matches(others).Select(match => $"{match.Value} in {text}")
            .Concat(others.EnumerateRunes().Where(IsHidden).Select(rune => $"U+{rune.Value:X4} in {text}"));
    }

    private static bool IsHidden(Rune rune) => rune.Value is not ('\n' or 0x200C or 0x200D) && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static IEnumerable<JsonObject> Markups(JsonNode? node) => node switch
    {
        JsonObject one when (string?)one["type"] == "mrkdwn" => [one],
        JsonObject members => members.SelectMany(static member => Markups(member.Value)),
        JsonArray items => items.SelectMany(Markups),
        _ => [],
    };

    /// <summary>Tokens that we write ourselves: dates, links, and the mention at the end of the headline.</summary>
    [GeneratedRegex(
        @"<!date\^\d+\^\{date_short_pretty\} \{time_secs\}\|[0-9-]{10} [0-9:]{8} UTC>"
        + @"|<https?://[!-~-[<>|*`]]+\|(Runbook|Dashboard|Panel|Silence|Rule)>"
        + @"|(?<=^\S+ (\*Test\* · )?\*Firing\* · .*) <(!here|!channel|@[UW]012AB3CD|!subteam\^SAZ94GDB8)>$")]
    private static partial Regex Ours();

    [GeneratedRegex(
        @"(?<=^|[ \n])\*(Test|Firing|Acknowledged|Resolved|Cluster|Namespace|Service|Phase|Values|Datasource error|Action taken|Root cause|Noise)\*")]
    private static partial Regex Bold();

    [GeneratedRegex(
        @"[<>*~`]|&(?!(amp|lt|gt);)|(?<![A-Za-z0-9])[_@#]|[_@#](?![A-Za-z0-9…])|(?<=^|\n)&gt;|(?<![A-Za-z0-9]):[\w+-]{1,90}:|\p{M}{5}")]
    private static partial Regex Meaningful();

    /// <summary>Where there is no <c>verbatim</c>.</summary>
    [GeneratedRegex(@"://|\.[\p{L}\p{Nd}]|[@#][A-Za-z0-9]")]
    private static partial Regex Joints();
}
