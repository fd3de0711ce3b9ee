using EvolveDb;
using Incidents.Grains.Hosting;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>Brings the schema to what this program needs (<c>sql/</c>). Runs before the host starts, so nothing waits
/// for it asynchronously; several silos may run it at once, one does the work.</summary>
internal static partial class Migrator
{
    private const int CommandTimeoutSeconds = 3600; // a later migration may rebuild a large table

    /// <exception cref="StartupFailure">With the setting to change.</exception>
    public static void Apply(MySqlConnectionStringBuilder settings, int largestPacket, ILogger logger)
    {
        try
        {
            // Unpooled: closing it then gives the lock back. Variables: a migration that must look first, prepares.
            using var connection = new MySqlConnection($"{settings.ConnectionString};Pooling=false;Allow User Variables=true");
            connection.Open();
            ServerCheck.Run(connection, largestPacket);
            WaitForOthers(connection);
            var evolve = new Evolve(connection, message => Progress(logger, message))
            {
                EmbeddedResourceAssemblies = [typeof(Migrator).Assembly],
                EmbeddedResourceFilters = ["sql."], // Evolve takes the file name from between the last two dots
                EnableClusterMode = true,
                IsEraseDisabled = true,
                CommandTimeout = CommandTimeoutSeconds,
            };
            evolve.Migrate();
            Ready(logger, settings.Database, evolve.NbMigration);
        }
        catch (Exception e) when (e is MySqlException or EvolveException)
        {
            throw new StartupFailure(MigrationFailure.Describe(e, settings));
        }
    }

    /// <summary>Evolve has such a lock too, but looks for it every three seconds only.</summary>
    private static void WaitForOthers(MySqlConnection connection)
    {
        using var command = new MySqlCommand("SELECT GET_LOCK(CONCAT('schema ', LEFT(DATABASE(), 48)), ?)", connection)
        {
            CommandTimeout = CommandTimeoutSeconds,
            Parameters = { new MySqlParameter { Value = CommandTimeoutSeconds } },
        };
        command.ExecuteScalar();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Message}")]
    private static partial void Progress(ILogger logger, string message);

    [LoggerMessage(Level = LogLevel.Information, Message = "Schema {Database} is ready, {Applied} migrations applied")]
    private static partial void Ready(ILogger logger, string database, int applied);
}
