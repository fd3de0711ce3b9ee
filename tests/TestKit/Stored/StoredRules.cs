using MySqlConnector;

namespace Incidents.TestKit;

/// <summary>What one statement tells of the whole database.</summary>
internal static class StoredRules
{
    private static readonly (string What, string Sql)[] All =
    [
        ("keys with two open incidents",
            "SELECT incident_key FROM incidents WHERE resolved_time IS NULL GROUP BY incident_key HAVING COUNT(*) > 1"),
        ("incidents whose firing_count is not their firing instances",
            "SELECT i.incident_id FROM incidents i LEFT JOIN incident_instances n ON n.incident_id = i.incident_id "
            + "GROUP BY i.incident_id, i.firing_count HAVING i.firing_count <> COALESCE(SUM(n.state = 'firing'), 0)"),
        ("keys that do not point at their latest incident",
            "SELECT k.incident_key FROM incident_keys k JOIN incidents i ON i.incident_key = k.incident_key "
            + "GROUP BY k.incident_key, k.last_incident_id HAVING NOT MAX(i.incident_id) <=> k.last_incident_id"),
        ("alerts that are stored under another key than their incident",
            "SELECT a.alert_id FROM grafana_alerts a JOIN incidents i ON i.incident_id = a.incident_id "
            + "WHERE a.incident_key <> i.incident_key"),
        // With what is not folded yet.
        ("kinds of incidents that are counted wrong",
            "SELECT CONCAT(status, '/', severity, '/', is_test, ' by ', SUM(n)) FROM ("
            + "SELECT status, severity, is_test, incidents AS n FROM incident_counts "
            + "UNION ALL SELECT status, severity, is_test, change_by FROM incident_count_changes "
            + "UNION ALL SELECT status, severity, is_test, -1 FROM incidents) c "
            + "GROUP BY status, severity, is_test HAVING SUM(n) <> 0"),
    ];

    public static async Task Check(MySqlConnection connection, AuditFindings findings, CancellationToken cancel)
    {
        foreach (var (what, sql) in All)
        {
            await using var command = new MySqlCommand(sql, connection) { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                findings.Add(what, reader.GetValue(0).ToString()!);
            }
        }
    }
}
