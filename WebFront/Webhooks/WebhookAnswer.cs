using System.Text.Encodings.Web;
using System.Text.Json;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Webhooks;

/// <summary>
/// What a sender is told. Errors are short and repeat nothing of what was sent: Grafana keeps 1,024 bytes of them and
/// shows them to people (grafana/alerting <c>http/client.go</c>).
/// </summary>
internal static class WebhookAnswer
{
    private const int FlushBytes = 16_384;

    /// <summary>Of an error's <c>rejected</c> list, so many are shown.</summary>
    private const int MaxRejectedShown = 10;

    /// <summary>Our own words only, and no page shows them as HTML: quotes may stay readable.</summary>
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task Accepted(
        HttpResponse response,
        AlertResult?[] results,
        IReadOnlyList<RejectedAlert> rejected,
        CancellationToken cancel)
    {
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter, Format);
        json.WriteStartObject();
        json.WriteString("status"u8, "success"u8);
        await Write(json, results, response, cancel);
        await Write(json, rejected, response, cancel);
        json.WriteEndObject();
    }

    /// <summary>202: on our disk, and stored when that is possible again.</summary>
    public static async Task Spooled(
        HttpResponse response,
        AlertResult?[] results,
        IEnumerable<KeyedBatch> undone,
        IReadOnlyList<RejectedAlert> rejected,
        CancellationToken cancel)
    {
        response.StatusCode = StatusCodes.Status202Accepted;
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter, Format);
        json.WriteStartObject();
        json.WriteString("status"u8, "spooled"u8);
        await Write(json, results, response, cancel);
        json.WriteStartArray("pending"u8);
        foreach (var (key, alert) in undone.SelectMany(static batch => batch.Batch.Alerts, static (batch, alert) => (batch.Key, alert)).OrderBy(static one => one.alert.Position))
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, alert.Position);
            json.WriteString("incident_key"u8, key.Value);
            json.WriteEndObject();
            await FlushIfFull(json, response, cancel);
        }

        json.WriteEndArray();
        await Write(json, rejected, response, cancel);
        json.WriteEndObject();
    }

    public static async Task Refused(
        HttpResponse response,
        int status,
        string reason,
        string message,
        IReadOnlyList<RejectedAlert> rejected)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter, Format);
        json.WriteStartObject();
        json.WriteString("status"u8, "error"u8);
        json.WriteString("reason"u8, reason);
        json.WriteString("message"u8, message);
        if (rejected.Count > 0)
        {
            json.WriteStartArray("rejected"u8);
            foreach (var alert in rejected.Take(MaxRejectedShown))
            {
                Write(json, alert);
            }

            json.WriteEndArray();
            json.WriteNumber("rejected_count"u8, rejected.Count);
        }

        json.WriteEndObject();
    }

    private static async Task Write(Utf8JsonWriter json, AlertResult?[] results, HttpResponse response, CancellationToken cancel)
    {
        json.WriteStartArray("results"u8);
        foreach (var result in results)
        {
            if (result is { IncidentId: { } id, Fate: not AlertFate.Unstorable })
            {
                Write(json, result, id);
                await FlushIfFull(json, response, cancel);
            }
        }

        json.WriteEndArray();
    }

    private static async Task Write(Utf8JsonWriter json, IReadOnlyList<RejectedAlert> rejected, HttpResponse response, CancellationToken cancel)
    {
        json.WriteStartArray("rejected"u8);
        foreach (var alert in rejected)
        {
            Write(json, alert);
            await FlushIfFull(json, response, cancel);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, AlertResult result, IncidentId id)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, result.Position);
        json.WriteString("incident_id"u8, id.Value);
        json.WriteString("incident_key"u8, id.Value.AsSpan(^IncidentKey.Length..));
        json.WriteBoolean("is_new_incident"u8, result.IsNewIncident);
        json.WriteNumber("alert_count"u8, result.AlertCount);
        json.WriteString("status"u8, result.Status switch
        {
            IncidentStatus.Active => "active"u8,
            IncidentStatus.Acknowledged => "acknowledged"u8,
            IncidentStatus.Resolved => "resolved"u8,
            null => "unknown"u8,
        });
        if (result.Fate == AlertFate.Duplicate)
        {
            json.WriteBoolean("duplicate"u8, true);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RejectedAlert alert)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, alert.Position);
        json.WriteString("reason"u8, alert.Reason.Text());
        json.WriteEndObject();
    }

    private static async ValueTask FlushIfFull(Utf8JsonWriter json, HttpResponse response, CancellationToken cancel)
    {
        if (json.BytesPending >= FlushBytes)
        {
            await json.FlushAsync(cancel);
            await response.BodyWriter.FlushAsync(cancel);
        }
    }
}
