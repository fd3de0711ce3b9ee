using System.Text.Json.Nodes;

namespace Incidents.Grains.Slack.Card;

/// <summary>The pieces of Block Kit that are used here. Markup is verbatim: Slack looks for no links in it of its own.</summary>
internal static class BlockKit
{
    public static JsonObject Section(string mrkdwn) => new() { ["type"] = "section", ["text"] = Markup(mrkdwn) };

    public static JsonObject Context(string mrkdwn) => new() { ["type"] = "context", ["elements"] = new JsonArray(Markup(mrkdwn)) };

    public static JsonObject Actions(string blockId, params JsonNode[] elements) =>
        new() { ["type"] = "actions", ["block_id"] = blockId, ["elements"] = new JsonArray(elements) };

    public static JsonObject Button(string actionId, string text, string value, bool isPrimary = false)
    {
        var button = new JsonObject { ["type"] = "button", ["action_id"] = actionId, ["text"] = Plain(text), ["value"] = value };
        if (isPrimary)
        {
            button["style"] = "primary";
        }

        return button;
    }

    /// <summary>For words of ours only: others' go through <see cref="Inert"/> into markup.</summary>
    public static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text, ["emoji"] = false };

    private static JsonObject Markup(string text) => new() { ["type"] = "mrkdwn", ["text"] = text, ["verbatim"] = true };
}
