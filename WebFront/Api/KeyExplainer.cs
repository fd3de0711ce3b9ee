using System.Text;
using System.Text.Json;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Queries;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Api;

/// <summary>Tells which incident key alerts have and why, by the very code that reads webhooks; nothing is stored.</summary>
internal sealed class KeyExplainer(
    IOptions<WebhookOptions> options, IOptions<KeyLabelsOptions> keyLabels, LatestQueries latest)
{
    public const int MaxAlerts = 1_000;
    private static readonly byte[] Firing = "\"status\":\"firing\""u8.ToArray();

    private readonly KnownLabels _known = new(keyLabels.Value);

    /// <param name="json">A webhook's body, or one alert of it, which need not have a status.</param>
    /// <returns>Null when it is neither; then <paramref name="reason"/> says why.</returns>
    public IReadOnlyList<ExplainedKey>? Explain(byte[] json, out RejectReason reason) =>
        Read(json, out reason) is { } readings ? [.. readings.Select(static (reading, index) => Explain(index, reading))] : null;

    /// <inheritdoc cref="Explain(byte[], out RejectReason)"/>
    public IReadOnlyList<AlertReading>? Read(byte[] json, out RejectReason reason)
    {
        var body = WebhookBody.Cut(json, MaxAlerts, out reason);
        if (body is null && reason == RejectReason.NoAlertsArray && AsBody(json) is { } wrapped)
        {
            body = WebhookBody.Cut(wrapped, MaxAlerts, out reason);
        }

        if (body is null)
        {
            return null;
        }

        var parser = new AlertParser(options.Value, _known);
        return [.. body.Alerts.Select((range, index) => parser.Read(body.Bytes, range, index))];
    }

    /// <summary>The same with each key's latest incident.</summary>
    public async Task<IReadOnlyList<ExplainedKey>> WithIncidents(IReadOnlyList<ExplainedKey> keys, CancellationToken cancel)
    {
        var distinct = keys.Select(static key => IncidentKey.TryParse(key.IncidentKey, out var parsed) ? parsed : (IncidentKey?)null)
            .OfType<IncidentKey>().ToHashSet();
        var found = await latest.Of(distinct, cancel);
        return [.. keys.Select(key => key with { LatestIncident = found.GetValueOrDefault(key.IncidentKey ?? "") })];
    }

    private static ExplainedKey Explain(int index, AlertReading reading) => reading is { Reason: { } reason }
        ? new(index, null, null, reason.Text(), null)
        : new(index, IncidentKey.Of(reading.Key.Parts).Value, ExplainedParts.Of(reading.Key), null, null);

    /// <summary>One alert as a body. The status put in before counts only if none follows.</summary>
    private static byte[]? AsBody(byte[] alert)
    {
        var reader = new Utf8JsonReader(alert);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var members = alert.AsSpan((int)reader.BytesConsumed);
        var isEmpty = reader.Read() && reader.TokenType == JsonTokenType.EndObject;
        return [.. "{\"alerts\":[{"u8, .. Firing, .. isEmpty ? ""u8 : ","u8, .. members, .. "]}"u8];
    }

    /// <summary>An alert with these labels, each <c>name=value</c>; null when one is not.</summary>
    public static byte[]? Alert(IEnumerable<string> labels)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in labels)
        {
            if (label.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var at))
            {
                return null;
            }

            map[label[..at]] = label[(at + 1)..];
        }

        return Encoding.UTF8.GetBytes($"{{\"labels\":{JsonSerializer.Serialize(map, ApiJson.Default.DictionaryStringString)}}}");
    }
}
