using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary><c>incident_keys</c>: lock, fence and memory of each key.</summary>
internal static class KeyRows
{
    /// <summary>
    /// Locks every key's row and every incident's that is written to, or fails at once (1205, MySQL 3572: somebody
    /// holds one), raises every version that is still the expected one, and stops the packet with error 1242 if any
    /// was not. The incidents too, since a packet that waits for one of them delays all its other keys.
    /// Joined, not WHERE … IN: PRIMARY by eq_ref however small the table is. With a long IN list both servers may read
    /// the whole table instead, and then wait for rows of keys that are not in the packet.
    /// </summary>
    public static void Fence(SqlPacket packet, IReadOnlyList<KeyChange> changes) => packet
        // Counts a column of i: MariaDB drops an outer join that nothing reads, and its locks with it.
        .Sql("SELECT COUNT(i.incident_id) FROM (")
        .Each(
            changes.SelectMany(
                static change => change.Touched.Select(static id => id.Value).DefaultIfEmpty(),
                static (change, id) => (change.Before.Key, id)),
            "SELECT ? AS k, ? AS id",
            static (one, row) => row.Add(one.Key).Add(one.id),
            " UNION ALL ")
        .Sql(") v STRAIGHT_JOIN incident_keys q ON q.incident_key = v.k ")
        .Sql("LEFT JOIN incidents i ON i.incident_id = v.id FOR UPDATE NOWAIT;\nUPDATE (")
        .Each(
            changes,
            "SELECT ? AS k, ? AS version",
            static (change, row) => row.Add(change.Before.Key).Add(change.Before.Version),
            " UNION ALL ")
        .Sql(") v STRAIGHT_JOIN incident_keys q ON q.incident_key = v.k ")
        .Sql("SET q.version = q.version + 1 WHERE q.version = v.version;\nSELECT IF(ROW_COUNT() = ")
        .Sql(changes.Count)
        .Sql(", 1, (SELECT 1 UNION SELECT 2));\n");

    public static void PointToLatest(SqlPacket packet, IReadOnlyList<KeyChange> changes)
    {
        var opened = changes.Where(static change => !change.Opened.IsEmpty).ToList();
        if (opened.Count > 0)
        {
            packet
                .Sql("UPDATE (")
                .Each(
                    opened,
                    "SELECT ? AS k, ? AS id",
                    static (change, row) => row.Add(change.Before.Key).Add(change.Opened[^1].Id),
                    " UNION ALL ")
                .Sql(") v STRAIGHT_JOIN incident_keys q ON q.incident_key = v.k SET q.last_incident_id = v.id;\n");
        }
    }

    /// <summary>The versions of those keys whose row nobody holds; a busy one is absent.</summary>
    public static async Task<Dictionary<IncidentKey, ulong>> ReadUnlocked(
        MySqlConnection connection, IEnumerable<IncidentKey> keys, CancellationToken cancellation)
    {
        await using var command = new SqlPacket()
            .Sql("SELECT q.incident_key, q.version FROM (")
            .Each(keys, "SELECT ? AS k", static (key, row) => row.Add(key), " UNION ALL ")
            .Sql(") v STRAIGHT_JOIN incident_keys q ON q.incident_key = v.k FOR UPDATE SKIP LOCKED")
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var versions = new Dictionary<IncidentKey, ulong>();
        while (await reader.ReadAsync(cancellation))
        {
            var row = new ColumnReader(reader);
            versions.Add(row.IncidentKey(), (ulong)row.Number());
        }

        return versions;
    }
}
