using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Grains.Slack;

namespace Incidents.Grains.Tests.Slack.Card;

/// <summary>A message as Slack receives it: through UTF-8.</summary>
internal static class Sent
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static JsonNode Of(SlackMessage message)
    {
        var body = new JsonObject
        {
            ["text"] = message.Text,
            ["blocks"] = message.Blocks.DeepClone(),
            ["attachments"] = message.Attachments.DeepClone(),
        };
        return JsonNode.Parse(Strict.GetString(Strict.GetBytes(body.ToJsonString(Relaxed))))!;
    }

    /// <summary>All strings in it.</summary>
    public static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(static member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
