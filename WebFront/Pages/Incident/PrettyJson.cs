using System.Text.Encodings.Web;
using System.Text.Json;

namespace Incidents.WebFront.Pages;

/// <summary>JSON on lines of its own, for reading; whoever shows it escapes it.</summary>
internal static class PrettyJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is no JSON stays as it is.</summary>
    public static string Of(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 256 });
            using var text = new MemoryStream();
            using (var writer = new Utf8JsonWriter(text, Indented))
            {
                document.RootElement.WriteTo(writer);
            }

            return System.Text.Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter for half a surrogate pair
        {
            return json;
        }
    }
}
