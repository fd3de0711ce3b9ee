using System.Diagnostics;
using Incidents.TestKit;
using MySqlConnector;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>Clients that take every connection the server has: those that are free, and those of the service as soon as it
/// loses them.</summary>
internal sealed class Hoard(TestDatabase database) : IAsyncDisposable
{
    private const int Clients = 8;
    private const int NoneLeft = 1040;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    private readonly string _connection = new MySqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, Database = "" }.ConnectionString;
    private readonly CancellationTokenSource _over = new();
    private readonly List<MySqlConnection> _held = [];
    private readonly Lock _lock = new();
    private Task _clients = Task.CompletedTask;

    /// <summary>Waits until the service has none left.</summary>
    /// <returns>When that was.</returns>
    public async Task<long> Fill(CancellationToken cancel)
    {
        await using var administrator = new MySqlConnection(_connection);
        await administrator.OpenAsync(cancel);
        _clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(Take, cancel)));
        await Eventually.Holds(
            "others hold every connection of the server",
            async () =>
            {
                var service = await Service(administrator, cancel);
                foreach (var id in service)
                {
                    await Kill(administrator, id, cancel);
                }

                return service.Count == 0 && await IsFull(cancel);
            },
            Within,
            cancel);
        return Stopwatch.GetTimestamp();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_over.IsCancellationRequested)
        {
            await _over.CancelAsync();
            await _clients;
            foreach (var connection in _held)
            {
                await connection.DisposeAsync();
            }

            _over.Dispose();
        }
    }

    private async Task Take()
    {
        while (!_over.IsCancellationRequested)
        {
            if (await Open() is { } connection)
            {
                lock (_lock)
                {
                    _held.Add(connection);
                }
            }
        }
    }

    /// <returns>Null when there is none left.</returns>
    private async Task<MySqlConnection?> Open()
    {
        var connection = new MySqlConnection(_connection);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch (MySqlException e) when (e.Number == NoneLeft)
        {
            await connection.DisposeAsync();
            return null;
        }
    }

    private async Task<bool> IsFull(CancellationToken cancel)
    {
        await using var one = new MySqlConnection(_connection);
        try
        {
            await one.OpenAsync(cancel);
            return false;
        }
        catch (MySqlException e) when (e.Number == NoneLeft)
        {
            return true;
        }
    }

    private async Task<List<object>> Service(MySqlConnection administrator, CancellationToken cancel)
    {
        await using var command = new MySqlCommand("SHOW PROCESSLIST", administrator);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<object>();
        while (await reader.ReadAsync(cancel))
        {
            if (database.Name.Equals(reader["db"]))
            {
                found.Add(reader["Id"]);
            }
        }

        return found;
    }

    private static async Task Kill(MySqlConnection administrator, object id, CancellationToken cancel)
    {
        await using var command = new MySqlCommand($"KILL {id}", administrator);
        try
        {
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.NoSuchThread)
        {
            // It went by itself.
        }
    }
}
