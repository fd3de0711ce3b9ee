using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary><c>incidents</c>. Its alert counts belong to the triggers of <c>grafana_alerts</c>.</summary>
internal static class IncidentRows
{
    private const string ChangingColumns =
        "status, severity, peak_severity, start_time, last_seen_at, firing_count, acknowledged_time, acknowledged_by, "
        + "acknowledged_said_by, resolved_time, resolved_by, resolved_said_by, resolution, action_taken, root_cause, "
        + "is_noise, revision, event_seq, incomplete_groups, due_at, updated_at";

    private const string FixedColumns =
        "incident_id, incident_key, rule_uid, cluster, namespace, service, phase, title, summary, is_test, "
        + "first_seen_at, created_at";

    private static readonly string[] Changing = ChangingColumns.Split(", ");

    private static readonly string UpdateRow =
        "SELECT ? AS id, " + string.Join(", ", Changing.Select(static column => "? AS " + column));

    private static readonly string InsertRow =
        "(" + string.Join(", ", Enumerable.Repeat("?", FixedColumns.Split(", ").Length + Changing.Length)) + ")";

    private static readonly string SetChanging =
        string.Join(", ", Changing.Select(static column => $"i.{column} = v.{column}"));

    /// <summary>Before <see cref="Insert"/>: what resolves now makes room for what opens. PRIMARY by eq_ref.</summary>
    public static void Update(SqlPacket packet, IReadOnlyList<KeyChange> changes)
    {
        var updated = changes.SelectMany(static change => change.Rewritten, static (change, episode) => (change, episode)).ToList();
        if (updated.Count > 0)
        {
            packet
                .Sql("UPDATE (")
                .Each(
                    updated,
                    UpdateRow,
                    static (one, row) => BindChanging(row.Add(one.episode.Id), one.change, one.episode),
                    " UNION ALL ")
                .Sql(") v STRAIGHT_JOIN incidents i ON i.incident_id = v.id SET ").Sql(SetChanging).Sql(";\n");
        }
    }

    /// <summary>Plain INSERT, never IGNORE and never ON DUPLICATE KEY UPDATE: with several unique keys either would
    /// overwrite or swallow another incident.</summary>
    public static void Insert(SqlPacket packet, IReadOnlyList<KeyChange> changes)
    {
        var opened = changes.SelectMany(static change => change.Opened, static (change, episode) => (change, episode)).ToList();
        if (opened.Count > 0)
        {
            packet
                .Sql("INSERT INTO incidents (").Sql(FixedColumns).Sql(", ").Sql(ChangingColumns).Sql(") VALUES ")
                .Each(opened, InsertRow, static (one, row) => BindChanging(BindFixed(row, one.episode), one.change, one.episode))
                .Sql(";\n");
        }
    }

    /// <summary>Exact for the answer: the rows are still locked by this transaction.</summary>
    public static void ReadBackCounts(SqlPacket packet, IReadOnlyList<KeyChange> changes)
    {
        var ids = changes
            .SelectMany(static change => change.Touched.Concat(change.Opened.Select(static episode => episode.Id))).ToHashSet();
        if (ids.Count > 0)
        {
            packet
                .Sql("SELECT incident_id, alert_count FROM incidents WHERE incident_id IN (")
                .Each(ids, "?", static (id, row) => row.Add(id))
                .Sql(");\n");
        }
    }

    /// <summary>Those of the incidents whose row nobody holds.</summary>
    public static async Task<HashSet<IncidentId>> ReadUnlocked(
        MySqlConnection connection, IEnumerable<IncidentId> ids, CancellationToken cancellation)
    {
        await using var command = new SqlPacket()
            .Sql("SELECT i.incident_id FROM (")
            .Each(ids, "SELECT ? AS id", static (id, row) => row.Add(id), " UNION ALL ")
            .Sql(") v STRAIGHT_JOIN incidents i ON i.incident_id = v.id FOR UPDATE SKIP LOCKED")
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var free = new HashSet<IncidentId>();
        while (await reader.ReadAsync(cancellation))
        {
            free.Add(new ColumnReader(reader).IncidentId()!.Value);
        }

        return free;
    }

    private static SqlPacket.Row BindFixed(SqlPacket.Row row, Episode e) => row
        .Add(e.Id).Add(e.Id.Key)
        .Add(e.Parts.RuleUid).Add(e.Parts.Cluster).Add(e.Parts.Namespace).Add(e.Parts.Service).Add(e.Parts.Phase)
        .Add(e.Title).Add(e.Summary).Add(e.IsTest).Add(e.FirstSeenAt).Add(e.CreatedAt);

    private static SqlPacket.Row BindChanging(SqlPacket.Row row, KeyChange change, Episode e) => row
        .Add(e.Status.Snake()).Add(e.Severity).Add(e.PeakSeverity).Add(e.StartTime).Add(e.LastSeenAt).Add(e.FiringCount)
        .Add(e.Acknowledged?.At).Add(e.Acknowledged?.By).Add(e.Acknowledged?.SaidBy)
        .Add(e.Closed?.At).Add(e.Closed?.By).Add(e.Closed?.SaidBy).Add(e.Closed?.Resolution.Snake())
        .Add(e.Closed?.ActionTaken).Add(e.Closed?.RootCause).Add(e.Closed?.IsNoise)
        .Add(e.Revision).Add(e.EventSeq).Add(e.Incomplete.ToString()).Add(change.DueAt(e)).Add(e.UpdatedAt);
}
