using System.Net.Sockets;
using MySqlConnector;

namespace Incidents.WebFront.Hosting;

/// <summary>
/// Where lists and details are read: <c>ConnectionStrings:IncidentsReadOnly</c>, which may be a replica, else the main
/// database. Its sessions are read-only, so that no mistake of ours writes there. A replica lags, so nothing that is
/// answered to a command comes from it.
/// </summary>
internal sealed class ReadDatabase : IAsyncDisposable
{
    private const MySqlErrorCode Killed = (MySqlErrorCode)1927; // MariaDB's

    private readonly MySqlDataSource _source;
    private readonly uint _pooled;

    public ReadDatabase(string connectionString, ILoggerFactory? logs = null)
    {
        // What Open sets does the same for us, in one exchange instead of two.
        var settings = new MySqlConnectionStringBuilder(connectionString) { ConnectionReset = false };
        _pooled = settings.MaximumPoolSize;
        _source = new MySqlDataSourceBuilder(settings.ConnectionString).UseLoggerFactory(logs).Build();
    }

    /// <summary>One that is alive: those that waited in the pool while the database restarted are left behind.</summary>
    public async ValueTask<MySqlConnection> Open(CancellationToken cancel)
    {
        for (var left = _pooled; ; left--)
        {
            var connection = await _source.OpenConnectionAsync(cancel);
            var isAlive = false;
            try
            {
                await MakeReadOnly(connection, cancel);
                isAlive = true;
                return connection;
            }
            catch (Exception e) when (left > 0 && IsGone(e))
            {
                // The next may be dead too, until the driver has to make one.
            }
            finally
            {
                if (!isAlive)
                {
                    await connection.DisposeAsync();
                }
            }
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>By itself, or with a last word of the server that was read only now.</summary>
    private static bool IsGone(Exception e) => e is IOException or MySqlException { InnerException: IOException or SocketException }
        or MySqlException { ErrorCode: MySqlErrorCode.ServerShutdown or MySqlErrorCode.ClientInteractionTimeout or Killed };

    private static async Task MakeReadOnly(MySqlConnection connection, CancellationToken cancel)
    {
        await using var session = new MySqlCommand("SET SESSION TRANSACTION READ ONLY", connection);
        await session.ExecuteNonQueryAsync(cancel);
    }
}
