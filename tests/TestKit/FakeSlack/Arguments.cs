using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Incidents.TestKit.FakeSlack;

/// <summary>Reads what a call was sent with.</summary>
internal static class Arguments
{
    /// <summary>A member's text; null when it is none.</summary>
    public static string? Text(this JsonObject arguments, string name) =>
        arguments[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <returns>Slack's word for what is wrong, or the arguments.</returns>
    public static async Task<(string? Word, JsonObject Given)> Read(HttpRequest request, string method)
    {
        if (method is SlackMethods.History or SlackMethods.Conversations)
        {
            return request.HasFormContentType
                ? (null, Of(await request.ReadFormAsync()))
                : ("invalid_arguments", []); // JSON is not read there
        }

        if (request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return (request.ContentType is null ? "missing_post_type" : "invalid_post_type", []);
        }

        try
        {
            return await JsonNode.ParseAsync(request.Body) is JsonObject given ? (null, given) : ("json_not_object", []);
        }
        catch (JsonException)
        {
            return ("invalid_json", []);
        }
    }

    private static JsonObject Of(IFormCollection form) =>
        new(form.Select(static one => KeyValuePair.Create(one.Key, (JsonNode?)$"{one.Value}")));
}
