using Incidents.TestKit;
using MySqlConnector;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>
/// Locks a series, waits until a packet of ours waits for it, and then asks for the key's row, which that packet holds.
/// The server ends the transaction that has changed less, so this one changes a lot first.
/// </summary>
internal sealed class CrossingTransaction
{
    private const string Ballast = """
        INSERT INTO ballast WITH RECURSIVE rows_of (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM rows_of WHERE n < 900)
        SELECT n FROM rows_of
        """;

    /// <summary>A packet of ours gives up waiting after a second.</summary>
    private static readonly TimeSpan LooksFor = TimeSpan.FromMilliseconds(800);

    private readonly TestDatabase _database;
    private readonly string _service;

    private CrossingTransaction(TestDatabase database, string service) => (_database, _service) = (database, service);

    /// <param name="service">How the name of the key's service begins.</param>
    public static async Task<CrossingTransaction> At(TestDatabase database, string service)
    {
        await database.Execute("CREATE TABLE IF NOT EXISTS ballast (n INT NOT NULL) ENGINE = InnoDB");
        return new(database, service + "-%");
    }

    public async Task Cross(CancellationToken cancel)
    {
        var latest = (await _database.Rows(
            "SELECT incident_id, incident_key FROM incidents WHERE service LIKE ? ORDER BY incident_id DESC LIMIT 1", _service))[0];
        await using var connection = await _database.Open();
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancel);
        await Run(connection, transaction, Ballast, null, cancel);
        await Run(connection, transaction, "SELECT 1 FROM incident_instances WHERE incident_id = ? FOR UPDATE", latest[0], cancel);
        if (await OursWaits(cancel))
        {
            await Run(connection, transaction, "SELECT 1 FROM incident_keys WHERE incident_key = ? FOR UPDATE", latest[1], cancel);
        }
    }

    private async Task<bool> OursWaits(CancellationToken cancel)
    {
        try
        {
            await Eventually.Holds(
                "a packet waits for the series",
                async () => (await _database.Connections()).Exists(static one => one.Statement.StartsWith("INSERT INTO incident_instances", StringComparison.Ordinal)),
                LooksFor,
                cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false; // the next packet opened another incident
        }
    }

    private static async Task Run(MySqlConnection connection, MySqlTransaction transaction, string sql, object? value, CancellationToken cancel)
    {
        await using var command = new MySqlCommand(sql, connection, transaction);
        if (value is not null)
        {
            command.Parameters.Add(new MySqlParameter { Value = value });
        }

        try
        {
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (MySqlException e) when (e.ErrorCode is MySqlErrorCode.LockDeadlock or MySqlErrorCode.LockWaitTimeout)
        {
            // This time it was not theirs.
        }
    }
}
