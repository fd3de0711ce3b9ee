using Incidents.Grains.Interfaces;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>What of <c>notifications</c> waits in all channels, and what nobody knows to wait, for the sweep.</summary>
internal sealed class CardBacklog(MySqlDataSource database)
{
    private const int Most = 1_000;

    /// <summary>Open incidents, and those resolved of late. By idx_status_last_seen and PRIMARY.</summary>
    private const string Current =
        "FROM incidents i STRAIGHT_JOIN notifications n ON n.incident_id = i.incident_id "
        + "WHERE (i.status IN ('active', 'acknowledged') OR (i.status = 'resolved' AND i.last_seen_at >= ?)) AND ";

    /// <summary>By idx_state_channel.</summary>
    public async Task<(List<ChannelBacklog> Channels, long Failed)> Read(DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var command = new SqlPacket()
            .Sql("SELECT channel, COUNT(pending_since), MIN(IF(state = 'pending', pending_since, NULL)) FROM notifications ")
            .Each([now], "WHERE state = 'pending' OR (state = 'failed' AND next_attempt_at <= ?) GROUP BY channel;\n", static (at, row) => row.Add(at))
            .Sql("SELECT COUNT(*) FROM notifications WHERE state = 'failed';")
            .On(connection);
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

    /// <summary>Incidents whose message counts other alerts than there are: the silo that knew was lost.</summary>
    public async Task<List<(string Channel, IncidentId Incident)>> Miscounted(DateTimeOffset since, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var command = new SqlPacket()
            .Sql("SELECT n.channel, n.incident_id ").Each([since], Current, static (at, row) => row.Add(at))
            .Sql("n.state = 'sent' AND n.message_ts IS NOT NULL AND n.sent_alerts <> i.alert_count LIMIT ").Sql(Most)
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var miscounted = new List<(string, IncidentId)>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new ColumnReader(reader);
            miscounted.Add((row.Text(), row.IncidentId()!.Value));
        }

        return miscounted;
    }

    /// <summary>Makes what a silo without Slack wrote, an older one or one that is not set up yet, known as something to
    /// tell: it changed the incident and not the intent.</summary>
    /// <returns>How many incidents.</returns>
    public async Task<int> WantOverlooked(DateTimeOffset since, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        var overlooked = await Overlooked(connection, since, cancel);
        if (overlooked.Count == 0)
        {
            return 0;
        }

        // Read first and then written by PRIMARY: a join would lock the incidents, which packets write.
        await using var command = new SqlPacket()
            .Sql("UPDATE (")
            .Each(overlooked, "SELECT ? AS id, ? AS revision", static (one, row) => row.Add(one.Incident).Add(one.Revision), " UNION ALL ")
            .Sql(") v STRAIGHT_JOIN notifications n ON n.incident_id = v.id ")
            .Each([now], "SET n.pending_since = COALESCE(n.pending_since, ?), ", static (at, row) => row.Add(at))
            .Sql("n.desired_revision = GREATEST(n.desired_revision, v.revision), n.state = 'pending'")
            .On(connection);
        await command.ExecuteNonQueryAsync(cancel);
        return overlooked.Count;
    }

    private static async Task<List<(IncidentId Incident, long Revision)>> Overlooked(
        MySqlConnection connection, DateTimeOffset since, CancellationToken cancel)
    {
        await using var command = new SqlPacket()
            .Sql("SELECT n.incident_id, i.revision ").Each([since], Current, static (at, row) => row.Add(at))
            .Sql("n.desired_revision < i.revision ORDER BY n.incident_id LIMIT ").Sql(Most)
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var overlooked = new List<(IncidentId, long)>();
        while (await reader.ReadAsync(cancel))
        {
            var row = new ColumnReader(reader);
            overlooked.Add((row.IncidentId()!.Value, row.Number()));
        }

        return overlooked;
    }
}

/// <param name="Since">Since when the one that waits longest does.</param>
internal sealed record ChannelBacklog(string Channel, long Pending, DateTimeOffset? Since);
