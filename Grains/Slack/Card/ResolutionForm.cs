using System.Text.Json.Nodes;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack.Card;

/// <summary>What a person who resolves an incident is asked; nothing must be answered.</summary>
internal static class ResolutionForm
{
    public const string CallbackId = "incident_resolution";

    private const int LongestAnswer = 3_000;

    public static JsonObject View(SlackResolutionForm form) => new()
    {
        ["type"] = "modal",
        ["callback_id"] = CallbackId,
        ["private_metadata"] = form.PrivateMetadata,
        ["title"] = BlockKit.Plain("Resolve incident"),
        ["submit"] = BlockKit.Plain("Resolve"),
        ["close"] = BlockKit.Plain("Cancel"),
        ["blocks"] = new JsonArray(
            BlockKit.Context(form.IncidentId.Value),
            Input("action_taken", "What was done?", Text()),
            Input("root_cause", "Why did it happen?", Text()),
            Input("is_noise", "Was it noise?", YesOrNo())),
    };

    private static JsonObject Input(string blockId, string label, JsonObject element) => new()
    {
        ["type"] = "input",
        ["block_id"] = blockId,
        ["optional"] = true,
        ["label"] = BlockKit.Plain(label),
        ["element"] = element,
    };

    private static JsonObject Text() => new()
    {
        ["type"] = "plain_text_input",
        ["action_id"] = "text",
        ["multiline"] = true,
        ["max_length"] = LongestAnswer,
    };

    private static JsonObject YesOrNo() => new()
    {
        ["type"] = "static_select",
        ["action_id"] = "choice",
        ["options"] = new JsonArray(Option("Yes, nobody had to act", "true"), Option("No", "false")),
    };

    private static JsonObject Option(string text, string value) => new() { ["text"] = BlockKit.Plain(text), ["value"] = value };
}
