using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>
/// One connection of our own with the session that the protocol needs, outside any pool: dropped, it really closes,
/// and the server rolls back what it left open. Whoever sees an unknown outcome drops it; the next use opens another.
/// </summary>
internal sealed class WriterConnection(MySqlConnectionStringBuilder settings) : IAsyncDisposable
{
    // READ COMMITTED: no gap locks, so two new keys never deadlock.
    private const string Session =
        """
        SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED;
        SET SESSION innodb_lock_wait_timeout = 1, SESSION time_zone = '+00:00',
            SESSION sql_mode = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';
        """;

    private readonly string _settings = new MySqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString;
    private MySqlConnection? _connection;

    public bool IsOpen => _connection is { State: System.Data.ConnectionState.Open };

    public async ValueTask<MySqlConnection> Get(CancellationToken cancellation)
    {
        if (IsOpen)
        {
            return _connection!;
        }

        await Drop();
        var connection = new MySqlConnection(_settings);
        try
        {
            await connection.OpenAsync(cancellation);
            await using var session = new MySqlCommand(Session, connection);
            await session.ExecuteNonQueryAsync(cancellation);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        return _connection = connection;
    }

    /// <summary>Ends whatever the last packet left open.</summary>
    public async Task Rollback(CancellationToken cancellation)
    {
        await using var rollback = new MySqlCommand("ROLLBACK", await Get(cancellation));
        await rollback.ExecuteNonQueryAsync(cancellation);
    }

    public async ValueTask Drop()
    {
        if (_connection is { } broken)
        {
            _connection = null;
            await broken.DisposeAsync();
        }
    }

    public ValueTask DisposeAsync() => Drop();
}
