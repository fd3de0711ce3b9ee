using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>Looks up what an earlier attempt may have committed. Exact, because it is read after the version: every
/// commit of the key raises that.</summary>
internal static class SuspectRows
{
    /// <summary>By uq_delivery.</summary>
    public static async Task<Dictionary<(Guid, int), StoredBefore>> Stored(
        MySqlConnection connection, IEnumerable<Guid> deliveries, CancellationToken cancellation)
    {
        var ids = deliveries.ToHashSet();
        var stored = new Dictionary<(Guid, int), StoredBefore>();
        if (ids.Count == 0)
        {
            return stored;
        }

        await using var command = new SqlPacket()
            .Sql("SELECT a.delivery_id, a.position, a.incident_id, i.status, i.alert_count FROM grafana_alerts a ")
            .Sql("JOIN incidents i ON i.incident_id = a.incident_id WHERE a.delivery_id IN (")
            .Each(ids, "?", static (id, row) => row.Add(id)).Sql(")")
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = new ColumnReader(reader);
            stored.Add(
                (row.Guid(), (int)row.Number()),
                new(row.IncidentId()!.Value, SnakeCase.Read<IncidentStatus>(row.Text()), row.Number()));
        }

        return stored;
    }

    /// <summary>By uq_command.</summary>
    public static async Task<Dictionary<Guid, DoneBefore>> Done(
        MySqlConnection connection, IEnumerable<Guid> commands, CancellationToken cancellation)
    {
        var ids = commands.ToHashSet();
        var done = new Dictionary<Guid, DoneBefore>();
        if (ids.Count == 0)
        {
            return done;
        }

        await using var command = new SqlPacket()
            .Sql("SELECT command_id, incident_id, revision, kind, actor FROM incident_events WHERE command_id IN (")
            .Each(ids, "?", static (id, row) => row.Add(id)).Sql(")")
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = new ColumnReader(reader);
            done.Add(
                row.Guid(),
                new(row.IncidentId()!.Value, (int)row.Number(), SnakeCase.Read<TimelineKind>(row.Text()), row.TextOrNull()));
        }

        return done;
    }
}
