using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>
/// The write of many keys as one packet, START to COMMIT: no row lock is ever held while the server waits for us.
/// The order of its statements is the protocol; docs/write-protocol.md says why each stands where it does.
/// </summary>
internal static class WritePacket
{
    /// <param name="changes">At most one of each key, sorted by key: every packet locks in the same order.</param>
    /// <returns>Rows per incident, as of this commit.</returns>
    public static async Task<Dictionary<IncidentId, long>> Commit(
        MySqlConnection connection, IReadOnlyList<KeyChange> changes, ChannelTable channels, CancellationToken cancellation)
    {
        var packet = new SqlPacket();
        packet.Sql("START TRANSACTION;\n");
        KeyRows.Fence(packet, changes);
        IncidentRows.Update(packet, changes);
        IncidentRows.Insert(packet, changes);
        KeyRows.PointToLatest(packet, changes);
        AlertRows.Insert(packet, changes);
        InstanceRows.Upsert(packet, changes);
        TimelineRows.Insert(packet, changes);
        CountRows.Insert(packet, changes);
        NoticeRows.Upsert(packet, changes, channels);
        IncidentRows.ReadBackCounts(packet, changes);
        packet.Sql("COMMIT;");

        var counts = new Dictionary<IncidentId, long>();
        await using var command = packet.On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        do
        {
            // The two results before the counts are the lock and the fence; neither has a text in its first column.
            while (await reader.ReadAsync(cancellation))
            {
                if (reader.FieldCount == 2 && IncidentId.TryParse(reader.GetString(0), out var id))
                {
                    counts[id] = reader.GetInt64(1);
                }
            }
        }
        while (await reader.NextResultAsync(cancellation)); // a later statement's error is thrown only here

        return counts;
    }
}
