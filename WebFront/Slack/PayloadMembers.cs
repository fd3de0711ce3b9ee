using System.Runtime.InteropServices;
using System.Text.Json;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Slack;

/// <summary>Reads a payload of Slack by what is there: Slack leaves out, adds and nulls members as it likes.</summary>
internal static class PayloadMembers
{
    /// <summary>Null when it is absent, or when this is no object.</summary>
    public static JsonElement? Member(this JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var member) ? member : null;

    /// <inheritdoc cref="Member(JsonElement?, string)"/>
    public static JsonElement? Member(this JsonElement element, string name) => Member((JsonElement?)element, name);

    /// <summary>Clean, see <see cref="CleanText"/>; null when it is absent or no text.</summary>
    public static string? Text(this JsonElement? element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text
            ? CleanText.Read(JsonMarshal.GetRawUtf8Value(text)[1..^1])
            : null;

    /// <inheritdoc cref="Text(JsonElement?, string)"/>
    public static string? Text(this JsonElement element, string name) => Text((JsonElement?)element, name);

    /// <summary>None when it is absent or no list.</summary>
    public static IEnumerable<JsonElement> List(this JsonElement? element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
