using System.Text.Json;

namespace Incidents.Grains.Slack;

/// <summary>A <see cref="CardMark"/> as the metadata of a message.</summary>
internal static class CardMetadata
{
    private const string Metadata = "metadata";
    private const string EventType = "event_type";
    private const string Payload = "event_payload";
    private const string Incident = "incident_id";
    private const string Raised = "raised";
    private const string PostedAt = "posted_at";

    public static void Write(Utf8JsonWriter body, CardMark mark)
    {
        body.WriteStartObject(Metadata);
        body.WriteString(EventType, CardMark.EventType);
        body.WriteStartObject(Payload);
        body.WriteString(Incident, mark.IncidentId.Value);
        body.WriteNumber(Raised, mark.Raised);
        body.WriteNumber(PostedAt, mark.PostedMicroseconds);
        body.WriteEndObject();
        body.WriteEndObject();
    }

    public static bool Has(JsonElement message, CardMark mark)
    {
        try
        {
            return Says(message, mark);
        }
        catch (InvalidOperationException)
        {
            return false; // somebody's message with text that is none
        }
    }

    private static bool Says(JsonElement message, CardMark mark) =>
        message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty(Metadata, out var metadata)
        && SlackAnswers.Text(metadata, EventType) == CardMark.EventType
        && metadata.TryGetProperty(Payload, out var payload)
        && SlackAnswers.Text(payload, Incident) == mark.IncidentId.Value
        && Is(payload, Raised, mark.Raised)
        && Is(payload, PostedAt, mark.PostedMicroseconds);

    private static bool Is(JsonElement payload, string name, long expected) => payload.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number) && number == expected;
}
