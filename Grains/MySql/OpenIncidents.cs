using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Telemetry;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>Reads how many incidents are open, for their gauge: kept, not counted. Tests are not in the figures.</summary>
internal sealed class OpenIncidents(MySqlDataSource database, IncidentInstruments instruments)
{
    internal const string Count =
        """
        SELECT c.severity, c.status, CAST(SUM(c.n) AS SIGNED)
          FROM (SELECT severity, status, is_test, incidents AS n FROM incident_counts
                UNION ALL
                SELECT severity, status, is_test, change_by FROM incident_count_changes) c
         WHERE c.status IN ('active', 'acknowledged') AND c.is_test = 0
         GROUP BY c.severity, c.status
        """;

    /// <summary>Sets the gauge; while the database is away it keeps what it has.</summary>
    public async Task Read()
    {
        try
        {
            instruments.Open.Set(await Counts());
        }
        catch (MySqlException)
        {
            instruments.Open.Keep();
            instruments.OnDatabaseUnavailable(DatabaseUse.Sweep); // the sweep itself says it in the log
        }
    }

    private async Task<Dictionary<OpenGroup, long>> Counts()
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new MySqlCommand(Count, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var counts = new Dictionary<OpenGroup, long>();
        while (await reader.ReadAsync())
        {
            counts[new(reader.GetString(0), SnakeCase.Read<IncidentStatus>(reader.GetString(1)))] = reader.GetInt64(2);
        }

        return counts;
    }
}
