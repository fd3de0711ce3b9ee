using MySqlConnector;

namespace Incidents.TestKit;

/// <summary>Rows locked by hand, as an administrator's forgotten transaction would, until let go.</summary>
public sealed class HeldRows : IAsyncDisposable
{
    private readonly MySqlConnection _connection;
    private readonly MySqlTransaction _transaction;

    private HeldRows(MySqlConnection connection, MySqlTransaction transaction, int count) =>
        (_connection, _transaction, Count) = (connection, transaction, count);

    public int Count { get; }

    /// <summary>By primary key, of which <paramref name="column"/> is the first part: no other row is held.</summary>
    public static async Task<HeldRows> Of(TestDatabase database, string table, string column, params string[] values)
    {
        var connection = await database.Open();
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted);
        await using var command = new MySqlCommand(
            $"SELECT 1 FROM {table} FORCE INDEX (PRIMARY) "
            + $"WHERE {column} IN ({string.Join(", ", values.Select(static _ => "?"))}) FOR UPDATE",
            connection,
            transaction);
        foreach (var value in values)
        {
            command.Parameters.Add(new MySqlParameter { Value = value });
        }

        var count = 0;
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                count++;
            }
        }

        return new(connection, transaction, count);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
