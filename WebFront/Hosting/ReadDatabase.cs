using MySqlConnector;

namespace Incidents.WebFront.Hosting;

/// <summary>
/// Where lists and details are read: <c>ConnectionStrings:IncidentsReadOnly</c>, which may be a replica, else the main
/// database. Its sessions are read-only, so that no mistake of ours writes there. A replica lags, so nothing that is
/// answered to a command comes from it.
/// </summary>
internal sealed class ReadDatabase : IAsyncDisposable
{
    private readonly MySqlDataSource _source;

    public ReadDatabase(string connectionString, ILoggerFactory? logs = null)
    {
        // Sessions keep what is set on them, so it is set once for each connection and not with each use.
        var settings = new MySqlConnectionStringBuilder(connectionString) { ConnectionReset = false };
        _source = new MySqlDataSourceBuilder(settings.ConnectionString)
            .UseLoggerFactory(logs)
            .UseConnectionOpenedCallback(static async (context, cancel) =>
            {
                if (context.Conditions.HasFlag(MySqlConnectionOpenedConditions.New))
                {
                    await using var session = new MySqlCommand("SET SESSION TRANSACTION READ ONLY", context.Connection);
                    await session.ExecuteNonQueryAsync(cancel);
                }
            })
            .Build();
    }

    public ValueTask<MySqlConnection> Open(CancellationToken cancel) => _source.OpenConnectionAsync(cancel);

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
