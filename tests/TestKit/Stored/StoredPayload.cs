using System.Text.Json;
using Incidents.TestKit.Load;

namespace Incidents.TestKit;

/// <summary>A row of <c>grafana_alerts</c> as its raw payload tells it.</summary>
/// <param name="Mark">The annotation <c>mark</c>; null without.</param>
/// <param name="Element">Of the one element of <c>alerts</c>, byte for byte; 0 when there is no such element.</param>
internal readonly record struct StoredPayload(long AlertId, string IncidentId, int Position, string? Mark, ulong Element)
{
    public static StoredPayload Of(long alertId, string incidentId, int position, ReadOnlySpan<byte> raw)
    {
        try
        {
            var element = ElementOf(raw);
            return new(alertId, incidentId, position, MarkOf(element), Digest.Of(element));
        }
        catch (JsonException)
        {
            return new(alertId, incidentId, position, null, 0);
        }
    }

    private static ReadOnlySpan<byte> ElementOf(ReadOnlySpan<byte> raw)
    {
        var json = new Utf8JsonReader(raw);
        Enter(ref json, "alerts"u8, JsonTokenType.StartArray);
        json.Read();
        var begins = (int)json.TokenStartIndex;
        json.Skip();
        return raw[begins..(int)json.BytesConsumed];
    }

    private static string? MarkOf(ReadOnlySpan<byte> element)
    {
        var json = new Utf8JsonReader(element);
        Enter(ref json, "annotations"u8, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isMark = json.ValueTextEquals("mark"u8);
            json.Read();
            if (isMark)
            {
                return json.TokenType == JsonTokenType.String ? json.GetString() : null;
            }

            json.Skip();
        }

        return null;
    }

    /// <summary>To the beginning of a member of the outermost object.</summary>
    private static void Enter(ref Utf8JsonReader json, ReadOnlySpan<byte> member, JsonTokenType begins)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = json.ValueTextEquals(member);
            json.Read();
            if (isIt && json.TokenType == begins)
            {
                return;
            }

            json.Skip();
        }

        throw new JsonException("It is no alert as it is stored.");
    }
}
