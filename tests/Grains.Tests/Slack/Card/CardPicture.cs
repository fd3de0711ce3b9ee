using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Incidents.Grains.Slack;

namespace Incidents.Grains.Tests.Slack.Card;

/// <summary>A message as text, much as it looks, with all that Slack is sent. What cannot be seen is spelt out.</summary>
internal static class CardPicture
{
    public static string Of(SlackMessage message)
    {
        var picture = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"text: {message.Text}");
        Blocks(picture, message.Blocks, "");
        foreach (var attachment in message.Attachments)
        {
            picture.AppendLine(CultureInfo.InvariantCulture, $"┃ colour {attachment!["color"]}");
            picture.AppendLine(CultureInfo.InvariantCulture, $"┃ fallback: {attachment["fallback"]}");
            Blocks(picture, attachment["blocks"]!.AsArray(), "┃ ");
        }

        return SpeltOut(picture.ToString());
    }

    private static void Blocks(StringBuilder picture, JsonArray blocks, string margin)
    {
        foreach (var block in blocks)
        {
            picture.AppendLine(CultureInfo.InvariantCulture, $"{margin}── {Attributes(block!.AsObject())}");
            foreach (var line in Lines(block).SelectMany(static line => line.Split('\n')))
            {
                picture.AppendLine(CultureInfo.InvariantCulture, $"{margin}{line}");
            }
        }
    }

    private static IEnumerable<string> Lines(JsonNode block)
    {
        if (block["text"] is { } text)
        {
            yield return Text(text);
        }

        foreach (var element in block["elements"]?.AsArray() ?? [])
        {
            yield return (string?)element!["type"] == "button"
                ? $"[{Text(element["text"]!)}]  {Attributes(element.AsObject())}"
                : Text(element);
        }
    }

    private static string Text(JsonNode text) =>
        text["verbatim"]?.GetValue<bool>() == true || (string?)text["type"] == "plain_text" ? (string)text["text"]! : $"(not verbatim) {text["text"]}";

    private static string Attributes(JsonObject node) => string.Join(
        "  ", node.Where(static member => member.Value is JsonValue).Select(static member => member.Key == "type" ? $"{member.Value}" : $"{member.Key}={member.Value}"));

    private static string SpeltOut(string picture)
    {
        var spelt = new StringBuilder();
        foreach (var rune in picture.EnumerateRunes())
        {
            var isSeen = rune.Value is '\n' or '\u200D' || Rune.GetUnicodeCategory(rune) is not
                (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            spelt.Append(isSeen ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"{{U+{rune.Value:X4}}}"));
        }

        return spelt.ToString();
    }
}
