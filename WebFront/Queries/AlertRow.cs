using System.Text.Json;
using System.Text.Json.Serialization;

namespace Incidents.WebFront.Queries;

/// <summary>One stored alert: the columns of <c>grafana_alerts</c> under their names, times in UTC.</summary>
public sealed record AlertRow
{
    public const string Columns =
        """
        alert_id AS AlertId, incident_id AS IncidentId, incident_key AS IncidentKey, delivery_id AS Delivery, sender AS Sender,
        position AS Position, received_at AS ReceivedAt, state AS State, reason AS Reason, severity AS Severity,
        rule_uid AS RuleUid, alertname AS Alertname, fingerprint AS Fingerprint, starts_at AS StartsAt,
        ends_at AS EndsAt, message AS Message, labels AS LabelsJson, annotations AS AnnotationsJson
        """;

    /// <summary>Rises in the order of storing.</summary>
    public long AlertId { get; init; }

    public required string IncidentId { get; init; }

    public required string IncidentKey { get; init; }

    /// <summary>Of the webhook request it came with.</summary>
    public Guid DeliveryId => new(Delivery, bigEndian: true);

    /// <summary>Who sent it, by the name of its credentials; empty for what came before senders had names.</summary>
    public required string Sender { get; init; }

    /// <summary>Its place in that request's <c>alerts</c>.</summary>
    public int Position { get; init; }

    public DateTime ReceivedAt { get; init; }

    /// <summary><c>firing</c> or <c>resolved</c>.</summary>
    public required string State { get; init; }

    /// <summary>Why it belongs to this incident, such as <c>new</c>, <c>joined</c> or <c>repeated</c>.</summary>
    public required string Reason { get; init; }

    public string? Severity { get; init; }

    public string? RuleUid { get; init; }

    public string? Alertname { get; init; }

    /// <summary>Names the alerting series.</summary>
    public required string Fingerprint { get; init; }

    public DateTime StartsAt { get; init; }

    public DateTime? EndsAt { get; init; }

    public string? Message { get; init; }

    public JsonElement Labels => JsonElement.Parse(LabelsJson);

    public JsonElement Annotations => JsonElement.Parse(AnnotationsJson);

    /// <summary>With <c>raw=true</c>: exactly what came, as a body that can be posted again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RawPayload { get; init; }

    [JsonIgnore]
    public byte[] Delivery { get; init; } = [];

    [JsonIgnore]
    public string LabelsJson { get; init; } = "{}";

    [JsonIgnore]
    public string AnnotationsJson { get; init; } = "{}";
}
