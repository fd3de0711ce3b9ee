using Incidents.Grains.Domain;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>How many incidents there are of each kind: <c>incident_counts</c>, to which the changes since the last
/// fold in <c>incident_count_changes</c> are to be added. Packets only insert, so no two silos wait for one row.</summary>
internal static class CountRows
{
    public static void Insert(SqlPacket packet, IReadOnlyList<KeyChange> changes)
    {
        var counted = CountChange.Of(changes);
        if (counted.Count > 0)
        {
            packet
                .Sql("INSERT INTO incident_count_changes (status, severity, is_test, change_by) VALUES ")
                .Each(
                    counted,
                    "(?, ?, ?, ?)",
                    static (one, row) => row.Add(one.Status.Snake()).Add(one.Severity).Add(one.IsTest).Add(one.By))
                .Sql(";\n");
        }
    }

    /// <summary>Moves the oldest changes into the counts, in one transaction. Changes that another silo moves just now
    /// are passed over. Along PRIMARY.</summary>
    /// <returns>How many changes.</returns>
    public static async Task<int> Fold(MySqlConnection connection, int most, CancellationToken cancellation)
    {
        // READ COMMITTED: no gap is locked, so nobody who inserts waits.
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.ReadCommitted, cancellation);
        var (ids, sums) = await Take(connection, transaction, most, cancellation);
        if (ids.Count == 0)
        {
            return 0;
        }

        await using var move = new SqlPacket()
            .Sql("INSERT INTO incident_counts (status, severity, is_test, incidents) VALUES ")
            .Each(
                // In one order, so that two who fold at once wait for each other and do not deadlock.
                sums.OrderBy(static sum => sum.Key),
                "(?, ?, ?, ?)",
                static (sum, row) => row.Add(sum.Key.Status).Add(sum.Key.Severity).Add(sum.Key.IsTest).Add(sum.Value))
            .Sql(" ON DUPLICATE KEY UPDATE incidents = incidents + VALUES(incidents);\nDELETE c FROM (")
            .Each(ids, "SELECT ? AS id", static (id, row) => row.Add(id), " UNION ALL ")
            .Sql(") v STRAIGHT_JOIN incident_count_changes c ON c.change_id = v.id;")
            .On(connection);
        move.Transaction = transaction;
        await move.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return ids.Count;
    }

    private static async Task<(List<long> Ids, Dictionary<(string Status, string Severity, bool IsTest), long> Sums)> Take(
        MySqlConnection connection, MySqlTransaction transaction, int most, CancellationToken cancellation)
    {
        var (ids, sums) = (new List<long>(), new Dictionary<(string, string, bool), long>());
        await using var take = new SqlPacket()
            .Sql("SELECT change_id, status, severity, is_test, change_by FROM incident_count_changes ORDER BY change_id LIMIT ")
            .Sql(most).Sql(" FOR UPDATE SKIP LOCKED")
            .On(connection);
        take.Transaction = transaction;
        await using var reader = await take.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = new ColumnReader(reader);
            ids.Add(row.Number());
            var kind = (row.Text(), row.Text(), row.Bool());
            sums[kind] = sums.GetValueOrDefault(kind) + row.Number();
        }

        return (ids, sums);
    }
}
