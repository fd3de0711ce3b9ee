using System.Text.Json;
using System.Text.Json.Serialization;

namespace Incidents.WebFront.Queries;

/// <summary>One incident as the API gives it: the columns of <c>incidents</c> under their names, times in UTC.</summary>
public sealed record IncidentRow
{
    public const string Columns =
        """
        incident_id AS IncidentId, incident_key AS IncidentKey, status AS Status, severity AS Severity,
        peak_severity AS PeakSeverity, phase AS Phase, cluster AS Cluster, namespace AS Namespace, service AS Service,
        rule_uid AS RuleUid, title AS Title, summary AS Summary, start_time AS StartTime, first_seen_at AS FirstSeenAt,
        last_seen_at AS LastSeenAt, alert_count AS AlertCount, alerts_received AS AlertsReceived,
        firing_count AS FiringCount, acknowledged_time AS AcknowledgedTime, acknowledged_by AS AcknowledgedBy,
        acknowledged_said_by AS AcknowledgedSaidBy, resolved_time AS ResolvedTime, resolved_by AS ResolvedBy,
        resolved_said_by AS ResolvedSaidBy, resolution AS Resolution, action_taken AS ActionTaken,
        root_cause AS RootCause, is_noise AS IsNoise, is_test AS IsTest, revision AS Revision, updated_at AS UpdatedAt,
        (SELECT CAST(k.version AS SIGNED) FROM incident_keys k WHERE k.incident_key = incidents.incident_key) AS `Change`
        """;

    public required string IncidentId { get; init; }

    public required string IncidentKey { get; init; }

    /// <summary><c>active</c>, <c>acknowledged</c> or <c>resolved</c>.</summary>
    public required string Status { get; init; }

    public required string Severity { get; init; }

    /// <summary>The worst it ever was.</summary>
    public required string PeakSeverity { get; init; }

    public string? Phase { get; init; }

    public string? Cluster { get; init; }

    public string? Namespace { get; init; }

    public string? Service { get; init; }

    public string? RuleUid { get; init; }

    public string? Title { get; init; }

    public string? Summary { get; init; }

    /// <summary>When it began, by its alerts.</summary>
    public DateTime StartTime { get; init; }

    /// <summary>When it was first heard of.</summary>
    public DateTime FirstSeenAt { get; init; }

    public DateTime LastSeenAt { get; init; }

    /// <summary>Stored alerts.</summary>
    public long AlertCount { get; init; }

    /// <summary>Alerts ever received, also those that are no longer stored.</summary>
    public long AlertsReceived { get; init; }

    public long FiringCount { get; init; }

    public DateTime? AcknowledgedTime { get; init; }

    /// <summary>The name of the credentials.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>Whom these said that they act for; proves nothing.</summary>
    public string? AcknowledgedSaidBy { get; init; }

    public DateTime? ResolvedTime { get; init; }

    /// <summary>The name of the credentials; null when no person resolved it.</summary>
    public string? ResolvedBy { get; init; }

    /// <summary>Whom these said that they act for; proves nothing.</summary>
    public string? ResolvedSaidBy { get; init; }

    /// <summary>How it came to be resolved: <c>person</c>, <c>auto</c>, <c>stale</c>, <c>never_opened</c> or
    /// <c>test</c>.</summary>
    public string? Resolution { get; init; }

    public string? ActionTaken { get; init; }

    public string? RootCause { get; init; }

    public bool? IsNoise { get; init; }

    public bool IsTest { get; init; }

    /// <summary>Counts the changes that a person would care about. Commands may name it.</summary>
    public int Revision { get; init; }

    public DateTime UpdatedAt { get; init; }

    /// <summary>Rises with whatever is stored of the incident or of a later one of its key: of two views of an incident
    /// the one with the higher number is the newer.</summary>
    public long Change { get; init; }

    /// <summary>At most 2,000; only when one incident is asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<InstanceRow>? Instances { get; init; }

    /// <summary>Only when one incident is asked for, and Slack is or was to be told of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CardRow? Slack { get; init; }
}

/// <summary>One alerting series of an incident.</summary>
public sealed record InstanceRow
{
    public required string Fingerprint { get; init; }

    /// <summary><c>firing</c> or <c>resolved</c>.</summary>
    public required string State { get; init; }

    public string? Severity { get; init; }

    public DateTime? StartsAt { get; init; }

    public DateTime? EndsAt { get; init; }

    public DateTime LastSeenAt { get; init; }

    [JsonIgnore]
    public string? ValuesJson { get; init; }

    public JsonElement? Values => ValuesJson is null ? null : JsonElement.Parse(ValuesJson);
}
