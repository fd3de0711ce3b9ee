using Incidents.Grains.MySql;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;

namespace Incidents.TestKit;

/// <summary>A schema of its own, on the test server (<c>TEST_MYSQL</c>, set by test.sh) and dropped afterwards, or on a
/// private server, with which it ends.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly MySqlConnectionStringBuilder _settings;

    private TestDatabase(MySqlConnectionStringBuilder settings) => _settings = settings;

    public string ConnectionString => _settings.ConnectionString;

    public string Name => _settings.Database;

    public int Port => (int)_settings.Port;

    public bool IsMariaDb { get; private init; }

    private bool EndsWithItsServer { get; init; }

    public static int ServerPort => (int)Server().Port;

    /// <summary>With the schema applied.</summary>
    /// <param name="server">A private one; else the test server.</param>
    public static async Task<TestDatabase> Create(PrivateMySql? server = null)
    {
        var database = await CreateEmpty(server);
        Migrator.Apply(IncidentsConnection.Parse(database.ConnectionString), 4 << 20, NullLogger.Instance);
        return database;
    }

    /// <summary>Without a table, as an administrator makes it for us.</summary>
    public static async Task<TestDatabase> CreateEmpty(PrivateMySql? server = null)
    {
        var settings = server is null ? Server() : new(server.ConnectionString);
        var name = $"incidents_test_{Guid.NewGuid():N}"[..30];
        bool isMariaDb;
        await using (var connection = new MySqlConnection(settings.ConnectionString))
        {
            await connection.OpenAsync();
            isMariaDb = connection.ServerVersion.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);
            await new MySqlCommand($"CREATE DATABASE {name} CHARACTER SET utf8mb4", connection).ExecuteNonQueryAsync();
        }

        settings.Database = name;
        return new(settings) { IsMariaDb = isMariaDb, EndsWithItsServer = server is not null };
    }

    /// <summary>The same schema through another port, such as a proxy's.</summary>
    public string ConnectionStringThrough(int port) =>
        new MySqlConnectionStringBuilder(_settings.ConnectionString) { Server = "127.0.0.1", Port = (uint)port }.ConnectionString;

    public async Task<MySqlConnection> Open()
    {
        var connection = new MySqlConnection(_settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task<int> Execute(string sql, params object?[] values)
    {
        await using var connection = await Open();
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row.</summary>
    public async Task<T> Read<T>(string sql, params object?[] values) => (T)Convert.ChangeType(
        (await Rows(sql, values))[0][0]!, typeof(T), System.Globalization.CultureInfo.InvariantCulture);

    public async Task<List<object?[]>> Rows(string sql, params object?[] values)
    {
        await using var connection = await Open();
        await using var command = Command(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.GetValue(i) is var value and not DBNull ? value : null;
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Who is connected to this schema, and how the statement it runs begins. By SHOW: MySQL 9's
    /// information_schema.processlist fails on statements with binary values.</summary>
    public async Task<List<(object Id, string Statement)>> Connections() =>
    [
        .. (await Rows("SHOW PROCESSLIST"))
            .Where(row => Name.Equals(row[3]))
            .Select(static row => (row[0]!, row[7] as string ?? ""))
            .Where(static one => one.Item2 != "SHOW PROCESSLIST"),
    ];

    public async ValueTask DisposeAsync()
    {
        if (EndsWithItsServer)
        {
            return;
        }

        await using var connection = await Open();
        await new MySqlCommand($"DROP DATABASE {Name}", connection).ExecuteNonQueryAsync();
    }

    private static MySqlConnectionStringBuilder Server()
    {
        var server = Environment.GetEnvironmentVariable("TEST_MYSQL")
            ?? throw new InvalidOperationException("TEST_MYSQL is not set: run ./test.sh, or name a MySQL server there.");
        // A system that is gone leaves some 30 idle connections; hundreds of tests would use up the server's.
        return new(server) { SslMode = MySqlSslMode.None, AllowPublicKeyRetrieval = true, ConnectionIdleTimeout = 10 };
    }

    private static MySqlCommand Command(MySqlConnection connection, string sql, object?[] values)
    {
        var command = new MySqlCommand(sql, connection) { CommandTimeout = 60 };
        foreach (var value in values)
        {
            command.Parameters.Add(new MySqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }
}
