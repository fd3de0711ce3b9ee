using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using MySqlConnector;

namespace Incidents.Grains.Senders;

/// <summary>What the database knows about senders and about the incidents that tell of their silences.</summary>
internal sealed class SeenSenders(MySqlDataSource database)
{
    /// <summary>Along idx_sender_last_delivery. Names are configuration: there are never so many.</summary>
    public const string LastDeliveries =
        "SELECT sender, MAX(last_delivery_at) FROM senders GROUP BY sender ORDER BY sender LIMIT 10000";

    public async Task<List<SenderSeen>> All()
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var command = new MySqlCommand(LastDeliveries, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var seen = new List<SenderSeen>();
        while (await reader.ReadAsync())
        {
            var row = new ColumnReader(reader);
            seen.Add(new(row.Text(), row.Time()));
        }

        return seen;
    }

    /// <summary>Those that are open. By primary key.</summary>
    public async Task<HashSet<IncidentId>> Open(IReadOnlyCollection<IncidentId> incidents)
    {
        var open = new HashSet<IncidentId>();
        if (incidents.Count == 0)
        {
            return open;
        }

        await using var connection = await database.OpenConnectionAsync();
        await using var command = new SqlPacket()
            .Sql("SELECT incident_id FROM incidents WHERE resolved_time IS NULL AND incident_id IN (")
            .Each(incidents, "?", static (id, row) => row.Add(id))
            .Sql(")")
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            open.Add(new ColumnReader(reader).IncidentId()!.Value);
        }

        return open;
    }
}
