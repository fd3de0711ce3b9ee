using System.Data;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>How many incidents there are of each kind: <c>incident_counts</c>, to which the changes since the last
/// fold in <c>incident_count_changes</c> are to be added. Packets only insert, so no two silos wait for one row.</summary>
internal static class CountRows
{
    private const int CompareSeconds = 300;

    public static void Insert(SqlPacket packet, IReadOnlyList<KeyChange> changes)
    {
        var counted = CountChange.Of(changes);
        if (counted.Count > 0)
        {
            Insertion(packet, counted).Sql(";\n");
        }
    }

    /// <summary>Moves the oldest changes into the counts, in one transaction. Changes that another silo moves just now
    /// are passed over. Along PRIMARY.</summary>
    /// <returns>How many changes.</returns>
    public static async Task<int> Fold(MySqlConnection connection, int most, CancellationToken cancellation)
    {
        // READ COMMITTED: no gap is locked, so nobody who inserts waits.
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.ReadCommitted, cancellation);
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

    /// <summary>Counts all incidents and puts right what the counts say otherwise: only a stranger, or a silo from before
    /// there were counts, makes them differ. In one statement, so that incidents and counts are of one moment; one at a
    /// time, or a difference would be put right twice. It reads the whole table.</summary>
    /// <returns>How many kinds were wrong.</returns>
    public static async Task<int> Mend(MySqlConnection connection, CancellationToken cancellation)
    {
        await using var alone = new MySqlCommand("SELECT GET_LOCK(CONCAT('counts ', LEFT(DATABASE(), 48)), 0)", connection);
        if (await alone.ExecuteScalarAsync(cancellation) is not (1 or 1L))
        {
            return 0; // another silo does it just now
        }

        try
        {
            var wrong = await Differences(connection, cancellation);
            if (wrong.Count > 0)
            {
                await using var mend = Insertion(new(), wrong).On(connection);
                await mend.ExecuteNonQueryAsync(cancellation);
            }

            return wrong.Count;
        }
        finally
        {
            if (connection.State == ConnectionState.Open) // one that broke has lost the lock with it
            {
                await using var done = new MySqlCommand("DO RELEASE_LOCK(CONCAT('counts ', LEFT(DATABASE(), 48)))", connection);
                await done.ExecuteNonQueryAsync(CancellationToken.None);
            }
        }
    }

    private static async Task<List<CountChange>> Differences(MySqlConnection connection, CancellationToken cancellation)
    {
        await using var compare = new MySqlCommand(
            """
            SELECT d.status, d.severity, d.is_test, CAST(SUM(d.n) AS SIGNED)
              FROM (SELECT status, severity, is_test, COUNT(*) AS n FROM incidents GROUP BY status, severity, is_test
                    UNION ALL SELECT status, severity, is_test, -incidents FROM incident_counts
                    UNION ALL SELECT status, severity, is_test, -change_by FROM incident_count_changes) d
             GROUP BY d.status, d.severity, d.is_test HAVING SUM(d.n) <> 0
            """,
            connection)
        {
            CommandTimeout = CompareSeconds,
        };
        await using var reader = await compare.ExecuteReaderAsync(cancellation);
        var wrong = new List<CountChange>();
        while (await reader.ReadAsync(cancellation))
        {
            var row = new ColumnReader(reader);
            wrong.Add(new(SnakeCase.Read<IncidentStatus>(row.Text()), row.Text(), row.Bool(), (int)row.Number()));
        }

        return wrong;
    }

    private static SqlPacket Insertion(SqlPacket packet, IReadOnlyList<CountChange> changes) => packet
        .Sql("INSERT INTO incident_count_changes (status, severity, is_test, change_by) VALUES ")
        .Each(
            changes,
            "(?, ?, ?, ?)",
            static (one, row) => row.Add(one.Status.Snake()).Add(one.Severity).Add(one.IsTest).Add(one.By));

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
