using Dapper;
using Incidents.Grains.Interfaces;
using MySqlConnector;

namespace Incidents.WebFront.Queries;

/// <summary>Reads incidents for pages and programs straight from MySQL: reading asks no grain.</summary>
internal sealed class IncidentQueries(MySqlDataSource database)
{
    private const int MaxInstances = 2000;

    private const string Columns =
        """
        incident_id AS IncidentId, incident_key AS IncidentKey, status AS Status, severity AS Severity,
        peak_severity AS PeakSeverity, phase AS Phase, cluster AS Cluster, namespace AS Namespace, service AS Service,
        rule_uid AS RuleUid, title AS Title, summary AS Summary, start_time AS StartTime, first_seen_at AS FirstSeenAt,
        last_seen_at AS LastSeenAt, alert_count AS AlertCount, alerts_received AS AlertsReceived,
        firing_count AS FiringCount, acknowledged_time AS AcknowledgedTime, acknowledged_by AS AcknowledgedBy,
        resolved_time AS ResolvedTime, resolved_by AS ResolvedBy, resolution AS Resolution, action_taken AS ActionTaken,
        root_cause AS RootCause, is_noise AS IsNoise, is_test AS IsTest, revision AS Revision, updated_at AS UpdatedAt
        """;

    // A branch for each status, so that each is one backward walk along idx_status_last_seen that ends at the limit;
    // with status IN (…) all open incidents would be read and sorted.
    private const string OfStatus =
        $"(SELECT {Columns} FROM incidents WHERE status = @status{{0}} ORDER BY last_seen_at DESC, incident_id DESC LIMIT @limit)";

    private const string ById = $"SELECT {Columns} FROM incidents WHERE incident_id = @id";

    // Along the primary key (incident_id, fingerprint).
    private const string InstancesOf =
        """
        SELECT fingerprint AS Fingerprint, state AS State, severity AS Severity, starts_at AS StartsAt,
               ends_at AS EndsAt, last_seen_at AS LastSeenAt, values_json AS ValuesJson
          FROM incident_instances WHERE incident_id = @id ORDER BY fingerprint LIMIT @limit
        """;

    /// <summary>The newest by last sign of life first.</summary>
    public async Task<IReadOnlyList<IncidentRow>> List(
        IReadOnlyList<IncidentStatus> statuses,
        int limit,
        CancellationToken cancel)
    {
        var parameters = new DynamicParameters();
        parameters.Add("limit", limit);
        List<string> branches = [];
        foreach (var status in statuses)
        {
            branches.Add(OfStatus.Replace("{0}", $"{branches.Count}", StringComparison.Ordinal));
            parameters.Add($"status{branches.Count - 1}", StatusFilter.Text(status));
        }

        var sql = string.Join(" UNION ALL ", branches) + " ORDER BY LastSeenAt DESC, IncidentId DESC LIMIT @limit";
        await using var connection = await database.OpenConnectionAsync(cancel);
        return [.. await connection.QueryAsync<IncidentRow>(new(sql, parameters, cancellationToken: cancel))];
    }

    /// <summary>Null when there is no such incident.</summary>
    public async Task<IncidentRow?> Find(IncidentId id, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        var parameters = new { id = id.Value, limit = MaxInstances };
        var incident = await connection.QuerySingleOrDefaultAsync<IncidentRow>(
            new(ById, parameters, cancellationToken: cancel));
        if (incident is null)
        {
            return null;
        }

        var instances = await connection.QueryAsync<InstanceRow>(new(InstancesOf, parameters, cancellationToken: cancel));
        return incident with { Instances = [.. instances] };
    }
}
