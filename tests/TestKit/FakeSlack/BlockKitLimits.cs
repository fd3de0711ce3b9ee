using System.Text;
using System.Text.Json.Nodes;
using static Incidents.TestKit.FakeSlack.BlockKitRules;
using static Incidents.TestKit.FakeSlack.BlockKitShapes;

namespace Incidents.TestKit.FakeSlack;

/// <summary>Whether Slack takes a message or a view; stricter than Slack where Slack is not documented.</summary>
public static class BlockKitLimits
{
    /// <summary>chat.update refuses more; chat.postMessage would cut at 40,000.</summary>
    private const int MostText = 4_000;

    /// <summary>Undocumented; measured between 13,200 and 13,300 (bolt-js 2509).</summary>
    private const int MostBlockText = 13_200;

    private const int MostBlocks = 50;
    private const int MostAttachments = 100;

    /// <summary>Undocumented; more were refused (bolt-python 914).</summary>
    private const int MostAttachmentBlocks = 20;

    private const int MostViewBytes = 250_000;

    private static readonly BlockKitRule Attachment = Object(
        Optional("color", Matching("^(good|warning|danger|#[0-9A-Fa-f]{6})$")), Optional("blocks", BlockList(MostAttachmentBlocks)),
        Optional("fallback", BlockKitRules.Text(1, 4_000)), Optional("text", BlockKitRules.Text(1, 4_000)));

    private static readonly BlockKitRule View = Object(
        new("type", OneOf("modal")), new("title", Plain(24)), new("blocks", BlockList(100)), Optional("submit", Plain(24)),
        Optional("close", Plain(24)), Optional("private_metadata", BlockKitRules.Text(0, 3_000)),
        Optional("callback_id", BlockKitRules.Text(0, 255)), Optional("external_id", BlockKitRules.Text(0, 255)),
        Optional("clear_on_close", Flag), Optional("notify_on_close", Flag));

    /// <summary>Slack's error code for a body of chat.postMessage or chat.update, or null.</summary>
    public static string? Fault(JsonNode message) => Check(message)?.Code;

    /// <summary>Slack's error code for the <c>view</c> of views.open, or null.</summary>
    public static string? FaultOfView(JsonNode view) => CheckView(view)?.Code;

    /// <returns>The code and what Slack says in <c>response_metadata.messages</c>.</returns>
    public static (string Code, string Why)? Check(JsonNode message)
    {
        if (message is not JsonObject body)
        {
            return ("invalid_json", BlockKitRules.Fault("must be an object", ""));
        }

        var (text, blocks, attachments) = (body["text"], body["blocks"], body["attachments"]);
        return text is not null && TextOf(text) is null ? ("invalid_arguments", BlockKitRules.Fault("must be a string", "/text"))
            : string.IsNullOrEmpty(TextOf(text)) && blocks is not JsonArray { Count: > 0 } && attachments is not JsonArray { Count: > 0 }
                ? ("no_text", "no text")
            : TextOf(text)?.Length > MostText ? ("msg_too_long", BlockKitRules.Fault($"must be less than {MostText + 1} characters", "/text"))
            : blocks is not null && BlockList(MostBlocks)(blocks, "/blocks") is { } block ? ("invalid_blocks", block)
            : attachments is JsonArray { Count: > MostAttachments } ? ("too_many_attachments", $"no more than {MostAttachments} attachments")
            : attachments is not null && List(0, MostAttachments, Attachment)(attachments, "/attachments") is { } attachment
                ? ("invalid_attachments", attachment)
            : BlockText(blocks) + BlockText(attachments) is var all and > MostBlockText
                ? ("msg_blocks_too_long", $"{all} characters in all blocks")
            : null;
    }

    /// <inheritdoc cref="Check"/>
    public static (string Code, string Why)? CheckView(JsonNode view)
    {
        if (Encoding.UTF8.GetByteCount(view.ToJsonString()) > MostViewBytes)
        {
            return ("view_too_large", $"more than {MostViewBytes} bytes");
        }

        var fault = View(view, "/view")
            ?? (view["submit"] is null && view["blocks"]!.AsArray().Any(static block => TextOf(block!["type"]) == "input")
                ? BlockKitRules.Fault("missing required field: submit", "/view")
                : null);
        return fault is null ? null : ("invalid_arguments", fault);
    }

    /// <summary>Characters in all text objects below.</summary>
    public static int BlockText(JsonNode? node) => node switch
    {
        JsonObject members => members.Sum(static member =>
            member.Key == "text" && TextOf(member.Value) is { } text ? text.Length : BlockText(member.Value)),
        JsonArray items => items.Sum(BlockText),
        _ => 0,
    };
}
