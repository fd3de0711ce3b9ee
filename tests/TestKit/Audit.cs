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
            throw new AuditException("Audit: " + otherwise);
        }
    }
}

/// <summary>Something accepted is missing, doubled or unsound.</summary>
public sealed class AuditException(string message) : Exception(message);
