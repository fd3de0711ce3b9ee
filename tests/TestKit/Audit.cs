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

    /// <summary>The same for who hears only the answer to a webhook: each alert carries the annotation <c>mark</c>, and
    /// is in the incident that its answer named.</summary>
    public static async Task AllStoredOnce(TestDatabase database, IReadOnlyDictionary<string, string> acceptedIncidents)
    {
        var rows = await database.Rows("SELECT JSON_UNQUOTE(JSON_EXTRACT(annotations, '$.mark')), incident_id FROM grafana_alerts");
        AllStoredOnce(
            rows.ConvertAll(static row => KeyValuePair.Create((string)row[0]!, (string)row[1]!)), acceptedIncidents);
    }

    private static void AllStoredOnce<T>(List<T> stored, IReadOnlyCollection<T> accepted)
    {
        var missing = accepted.Except(stored).Count();
        var twice = stored.Count - stored.Distinct().Count();
        Require(missing == 0 && twice == 0 && stored.Count == accepted.Count,
            $"{missing} accepted alerts missing, {twice} stored twice, {stored.Count} rows for {accepted.Count} accepted");
    }

    /// <summary>What is stored is of one piece, whatever was sent.</summary>
    public static async Task IsSound(TestDatabase database)
    {
        await using var connection = await database.Open();
        var audit = await StoredAudit.Of(connection, sent: null, CancellationToken.None);
        Require(audit.Findings.None, audit.Findings.ToString());
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException("Audit: " + otherwise);
        }
    }
}
