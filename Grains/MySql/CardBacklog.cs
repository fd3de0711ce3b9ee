using Incidents.Grains.Interfaces;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>What of <c>notifications</c> waits in all channels, for the sweep.</summary>
internal sealed class CardBacklog(MySqlDataSource database)
{
    private const int MostStale = 1_000;

    /// <summary>By idx_state_channel.</summary>
    public async Task<(List<ChannelBacklog> Channels, long Failed)> Read(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var command = new MySqlCommand(
            """
            SELECT channel, COUNT(*), MIN(pending_since) FROM notifications WHERE state = 'pending' GROUP BY channel;
            SELECT COUNT(*) FROM notifications WHERE state = 'failed';
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var channels = new List<ChannelBacklog>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new ColumnReader(reader);
            channels.Add(new(row.Text(), row.Number(), row.TimeOrNull()));
        }

        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return (channels, reader.GetInt64(0));
    }

    /// <summary>Open incidents whose message counts other alerts than there are, since a silo was lost that knew. By
    /// idx_status_last_seen and PRIMARY.</summary>
    public async Task<List<(string Channel, IncidentId Incident)>> Stale(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var command = new SqlPacket()
            .Sql("SELECT n.channel, n.incident_id FROM incidents i STRAIGHT_JOIN notifications n ON n.incident_id = i.incident_id ")
            .Sql("WHERE i.status IN ('active', 'acknowledged') AND n.state = 'sent' AND n.message_ts IS NOT NULL ")
            .Sql("AND n.sent_alerts <> i.alert_count LIMIT ").Sql(MostStale)
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var stale = new List<(string, IncidentId)>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new ColumnReader(reader);
            stale.Add((row.Text(), row.IncidentId()!.Value));
        }

        return stale;
    }
}

/// <param name="Since">Since when the one that waits longest does.</param>
internal sealed record ChannelBacklog(string Channel, long Pending, DateTimeOffset? Since);
