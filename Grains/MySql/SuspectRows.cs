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
        MySqlConnection connection, IEnumerable<(Guid DeliveryId, int Position)> alerts, CancellationToken cancellation)
    {
        var suspects = alerts.ToHashSet();
        var stored = new Dictionary<(Guid, int), StoredBefore>();
        if (suspects.Count == 0)
        {
            return stored;
        }

        await using var command = new SqlPacket()
            .Sql("SELECT a.delivery_id, a.position, a.incident_id, i.status, i.alert_count FROM (")
            .Each(
                suspects,
                "SELECT ? AS delivery_id, ? AS position",
                static (one, row) => row.Add(one.DeliveryId).Add(one.Position),
                " UNION ALL ")
            .Sql(") v STRAIGHT_JOIN grafana_alerts a ON a.delivery_id = v.delivery_id AND a.position = v.position ")
            .Sql("JOIN incidents i ON i.incident_id = a.incident_id")
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
            .Sql("SELECT command_id, incident_id, revision, kind, actor, detail FROM incident_events WHERE command_id IN (")
            .Each(ids, "?", static (id, row) => row.Add(id)).Sql(")")
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = new ColumnReader(reader);
            done.Add(
                row.Guid(),
                new(
                    row.IncidentId()!.Value,
                    (int)row.Number(),
                    SnakeCase.Read<TimelineKind>(row.Text()),
                    row.TextOrNull(),
                    row.TextOrNull()));
        }

        return done;
    }
}
