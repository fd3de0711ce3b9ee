using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Telemetry;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>Counts the open incidents for their gauge. Only those are read, by idx_status_last_seen; the many that ended are not.</summary>
internal sealed class OpenIncidents(MySqlDataSource database, IncidentInstruments instruments)
{
    internal const string Count =
        """
        SELECT severity, status, COUNT(*) FROM incidents
        WHERE status IN ('active', 'acknowledged') GROUP BY severity, status
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
