using System.Text.Json.Nodes;
using static Incidents.TestKit.FakeSlack.BlockKitRules;

namespace Incidents.TestKit.FakeSlack;

/// <summary>What blocks and their elements consist of, with the documented limits (docs.slack.dev/reference/block-kit).
/// Only the kinds that a message of ours could use; others count as unknown.</summary>
internal static class BlockKitShapes
{
    private static readonly BlockKitRule Name = BlockKitRules.Text(1, 255);

    private static readonly BlockKitRule Style = OneOf("primary", "danger");

    private static readonly BlockKitRule Confirm = Object(
        new("title", Plain(100)), new("text", Any(300)), new("confirm", Plain(30)), new("deny", Plain(30)), Optional("style", Style));

    private static readonly BlockKitRule Choice = Object(
        new("text", Any(75)), new("value", BlockKitRules.Text(1, 150)), Optional("description", Any(75)), Optional("url", Url));

    private static readonly Dictionary<string, BlockKitRule> Elements = new()
    {
        ["button"] = Element(
            new("text", Plain(75)), Optional("action_id", Name), Optional("value", BlockKitRules.Text(0, 2_000)), Optional("url", Url),
            Optional("style", Style), Optional("confirm", Confirm), Optional("accessibility_label", BlockKitRules.Text(0, 75))),
        ["static_select"] = Element(
            new("options", List(1, 100, Choice)), Optional("action_id", Name), Optional("placeholder", Plain(150)),
            Optional("initial_option", Choice), Optional("confirm", Confirm), Optional("focus_on_load", Flag)),
        ["overflow"] = Element(new("options", List(1, 5, Choice)), Optional("action_id", Name), Optional("confirm", Confirm)),
        ["checkboxes"] = Element(
            new("options", List(1, 10, Choice)), Optional("action_id", Name), Optional("initial_options", List(1, 10, Choice)),
            Optional("confirm", Confirm), Optional("focus_on_load", Flag)),
        ["radio_buttons"] = Element(
            new("options", List(1, 10, Choice)), Optional("action_id", Name), Optional("initial_option", Choice),
            Optional("confirm", Confirm), Optional("focus_on_load", Flag)),
        ["plain_text_input"] = Element(
            Optional("action_id", Name), Optional("placeholder", Plain(150)), Optional("initial_value", BlockKitRules.Text(0, 3_000)),
            Optional("multiline", Flag), Optional("min_length", Whole(0, 3_000)), Optional("max_length", Whole(1, 3_000)),
            Optional("focus_on_load", Flag)),
        ["image"] = Element(new("image_url", Url), new("alt_text", BlockKitRules.Text(1, 2_000))),
        ["mrkdwn"] = Markup(3_000),
        ["plain_text"] = Plain(3_000),
    };

    private static readonly Dictionary<string, BlockKitRule> Blocks = new()
    {
        ["section"] = Both(
            Element(
                Optional("block_id", Name), Optional("text", Any(3_000)), Optional("fields", List(1, 10, Any(2_000))),
                Optional("accessory", ByType(Elements, "button", "static_select", "overflow", "checkboxes", "radio_buttons", "image")),
                Optional("expand", Flag)),
            static (node, at) => node!["text"] is null && node["fields"] is null ? Fault("missing required field: text", at) : null),
        ["header"] = Element(Optional("block_id", Name), new("text", Plain(150))),
        ["divider"] = Element(Optional("block_id", Name)),
        ["context"] = Element(Optional("block_id", Name), new("elements", List(1, 10, ByType(Elements, "mrkdwn", "plain_text", "image")))),
        ["actions"] = Element(
            Optional("block_id", Name),
            new("elements", Both(
                List(1, 25, ByType(Elements, "button", "static_select", "overflow", "checkboxes", "radio_buttons")),
                static (node, at) => Twice(node, "action_id", at)))),
        ["image"] = Element(
            Optional("block_id", Name), new("image_url", Url), new("alt_text", BlockKitRules.Text(1, 2_000)), Optional("title", Plain(2_000))),
        ["input"] = Element(
            Optional("block_id", Name), new("label", Plain(2_000)), Optional("hint", Plain(2_000)), Optional("optional", Flag),
            Optional("dispatch_action", Flag),
            new("element", ByType(Elements, "plain_text_input", "static_select", "checkboxes", "radio_buttons"))),
    };

    private static BlockKitRule Url => BlockKitRules.Text(1, 3_000);

    public static BlockKitRule BlockList(int most) => Both(
        List(0, most, ByType(Blocks)), static (node, at) => Twice(node, "block_id", at));

    /// <summary>A text object that takes no markup.</summary>
    public static BlockKitRule Plain(int most) => Object(
        new("type", OneOf("plain_text")), new("text", BlockKitRules.Text(1, most)), Optional("emoji", Flag));

    public static BlockKitMember Optional(string name, BlockKitRule rule) => new(name, rule, IsRequired: false);

    private static BlockKitRule Markup(int most) => Object(
        new("type", OneOf("mrkdwn")), new("text", BlockKitRules.Text(1, most)), Optional("verbatim", Flag));

    private static BlockKitRule Any(int most) => ByType(
        new Dictionary<string, BlockKitRule> { ["plain_text"] = Plain(most), ["mrkdwn"] = Markup(most) });

    private static BlockKitRule Element(params IEnumerable<BlockKitMember> members) =>
        Object([new("type", BlockKitRules.Text(1, 50)), .. members]);

    private static BlockKitRule Both(BlockKitRule first, BlockKitRule second) => (node, at) => first(node, at) ?? second(node, at);

    private static string? Twice(JsonNode? items, string name, string at) => items!.AsArray()
        .Select(item => TextOf(item![name]))
        .Where(static id => id is not null)
        .GroupBy(static id => id)
        .FirstOrDefault(static group => group.Count() > 1) is { Key: var twice }
            ? Fault($"{name} \"{twice}\" already exists", at)
            : null;
}
