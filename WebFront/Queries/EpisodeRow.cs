namespace Incidents.WebFront.Queries;

/// <summary>A resolved incident of a key, as shown beside a later one.</summary>
public sealed record EpisodeRow
{
    // idx_incident_key_status_last_seen, backwards from its end.
    public const string EarlierOfKey =
        """
        SELECT incident_id AS IncidentId, severity AS Severity, peak_severity AS PeakSeverity, first_seen_at AS FirstSeenAt,
               resolved_time AS ResolvedTime, resolved_by AS ResolvedBy, resolved_said_by AS ResolvedSaidBy,
               resolution AS Resolution, SUBSTRING(action_taken, 1, 200) AS ActionTaken, SUBSTRING(root_cause, 1, 200) AS RootCause
          FROM incidents FORCE INDEX (idx_incident_key_status_last_seen)
         WHERE incident_key = @key AND status = 'resolved' AND incident_id < @id
         ORDER BY last_seen_at DESC LIMIT @limit
        """;

    public required string IncidentId { get; init; }

    public required string Severity { get; init; }

    public required string PeakSeverity { get; init; }

    public DateTime FirstSeenAt { get; init; }

    public DateTime ResolvedTime { get; init; }

    public string? ResolvedBy { get; init; }

    public string? ResolvedSaidBy { get; init; }

    public string? Resolution { get; init; }

    /// <summary>Its beginning.</summary>
    public string? ActionTaken { get; init; }

    /// <summary>Its beginning.</summary>
    public string? RootCause { get; init; }

    public TimeSpan Took => ResolvedTime > FirstSeenAt ? ResolvedTime - FirstSeenAt : TimeSpan.Zero;
}
