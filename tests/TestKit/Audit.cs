namespace Incidents.TestKit;

/// <summary>What must hold of a database whatever happened before.</summary>
public static class Audit
{
    /// <summary>Every accepted alert is there exactly once, and nothing else.</summary>
    public static async Task AllStoredOnce(TestDatabase database, IReadOnlyCollection<(Guid DeliveryId, int Position)> accepted)
    {
        var rows = await database.Rows("SELECT delivery_id, position FROM grafana_alerts");
        AllStoredOnce(rows.ConvertAll(static row => (new Guid((byte[])row[0]!, bigEndian: true), (int)row[1]!)), accepted);
    }

    /// <summary>The same for who hears only the answer to a webhook. Each alert carries the annotation <c>mark</c>.</summary>
    /// <param name="marks">How the marks begin that this is about.</param>
    /// <param name="accepted">As often as it was accepted, with the incident that the answer named, if it named one.</param>
    /// <param name="unknown">Of requests without a clear answer: each may be there or not, but not twice.</param>
    public static async Task AllStoredOnce(
        TestDatabase database,
        string marks,
        IReadOnlyCollection<(string Mark, string? Incident)> accepted,
        IReadOnlyCollection<string> unknown)
    {
        var stored = (await database.Rows(
                "SELECT JSON_UNQUOTE(JSON_EXTRACT(annotations, '$.mark')), incident_id FROM grafana_alerts "
                + "WHERE JSON_UNQUOTE(JSON_EXTRACT(annotations, '$.mark')) LIKE ?", marks + "%"))
            .ToLookup(static row => (string)row[0]!, static row => (string?)row[1]);
        var promised = accepted.ToLookup(static one => one.Mark, static one => one.Incident);
        var perhaps = unknown.ToLookup(static mark => mark);
        var missing = promised.Sum(one => Math.Max(0, one.Count() - stored[one.Key].Count()));
        var surplus = stored.Sum(one => Math.Max(0, one.Count() - promised[one.Key].Count() - perhaps[one.Key].Count()));
        var elsewhere = promised.Count(one => one.OfType<string>().Except(stored[one.Key].OfType<string>()).Any());
        Require(missing == 0 && surplus == 0 && elsewhere == 0,
            $"{missing} accepted alerts missing, {surplus} stored more often than sent, {elsewhere} not in the incident that was "
            + $"answered; {stored.Sum(static one => one.Count())} rows for {accepted.Count} accepted and {unknown.Count} unknown");
    }

    private static void AllStoredOnce<T>(List<T> stored, IReadOnlyCollection<T> accepted)
    {
        var missing = accepted.Except(stored).Count();
        var twice = stored.Count - stored.Distinct().Count();
        Require(missing == 0 && twice == 0 && stored.Count == accepted.Count,
            $"{missing} accepted alerts missing, {twice} stored twice, {stored.Count} rows for {accepted.Count} accepted");
    }

    public static async Task IsSound(TestDatabase database)
    {
        await HasNone(database, "keys with two open incidents",
            "SELECT incident_key FROM incidents WHERE resolved_time IS NULL GROUP BY incident_key HAVING COUNT(*) > 1");
        await HasNone(database, "incidents whose alert_count is not their rows",
            "SELECT i.incident_id FROM incidents i LEFT JOIN grafana_alerts a ON a.incident_id = i.incident_id "
            + "GROUP BY i.incident_id, i.alert_count, i.alerts_received "
            + "HAVING i.alert_count <> COUNT(a.alert_id) OR i.alerts_received <> COUNT(a.alert_id)");
        await HasNone(database, "incidents whose timeline has gaps",
            "SELECT i.incident_id FROM incidents i JOIN incident_events e ON e.incident_id = i.incident_id "
            + "GROUP BY i.incident_id, i.event_seq HAVING COUNT(*) <> i.event_seq OR MAX(e.seq) <> i.event_seq");
        await HasNone(database, "incidents whose firing_count is not their firing instances",
            "SELECT i.incident_id FROM incidents i LEFT JOIN incident_instances n ON n.incident_id = i.incident_id "
            + "GROUP BY i.incident_id, i.firing_count HAVING i.firing_count <> COALESCE(SUM(n.state = 'firing'), 0)");
        await HasNone(database, "keys that do not point at their latest incident",
            "SELECT k.incident_key FROM incident_keys k JOIN incidents i ON i.incident_key = k.incident_key "
            + "GROUP BY k.incident_key, k.last_incident_id HAVING MAX(i.incident_id) <> k.last_incident_id");
        await CountsAreExact(database);
    }

    /// <summary>The counts with what is not folded yet are the incidents.</summary>
    private static Task CountsAreExact(TestDatabase database) => HasNone(database, "kinds of incidents that are counted wrong",
        "SELECT CONCAT(status, '/', severity, '/', is_test, ' by ', SUM(n)) FROM ("
        + "SELECT status, severity, is_test, incidents AS n FROM incident_counts "
        + "UNION ALL SELECT status, severity, is_test, change_by FROM incident_count_changes "
        + "UNION ALL SELECT status, severity, is_test, -1 FROM incidents) c "
        + "GROUP BY status, severity, is_test HAVING SUM(n) <> 0");

    private static async Task HasNone(TestDatabase database, string what, string sql)
    {
        var found = await database.Rows(sql);
        Require(found.Count == 0, $"{found.Count} {what}, such as {found.FirstOrDefault()?[0]}");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new AuditException("Audit: " + otherwise);
        }
    }
}

/// <summary>Something accepted is missing, doubled or unsound.</summary>
public sealed class AuditException(string message) : Exception(message);
