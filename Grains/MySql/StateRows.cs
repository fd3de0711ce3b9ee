using System.Collections.Immutable;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>Reads keys with their latest incidents.</summary>
internal static class StateRows
{
    private const string Episode =
        "i.incident_id, i.rule_uid, i.cluster, i.namespace, i.service, i.phase, i.title, i.summary, i.is_test, i.status, "
        + "i.severity, i.peak_severity, i.start_time, i.first_seen_at, i.last_seen_at, i.created_at, i.updated_at, i.alerts_received, "
        + "i.acknowledged_time, i.acknowledged_by, i.acknowledged_said_by, i.resolved_time, i.resolved_by, i.resolution, "
        + "i.action_taken, i.root_cause, i.is_noise, i.resolved_said_by, i.incomplete_groups, i.revision, i.event_seq";

    /// <summary>PRIMARY on both tables. The incidents come without their instances.</summary>
    public static async Task<Dictionary<IncidentKey, KeyState>> Read(
        MySqlConnection connection, IReadOnlyCollection<IncidentKey> keys, CancellationToken cancellation)
    {
        var states = new Dictionary<IncidentKey, KeyState>();
        if (keys.Count == 0)
        {
            return states;
        }

        await using var command = new SqlPacket()
            .Sql("SELECT k.incident_key, k.version, ").Sql(Episode)
            .Sql(" FROM incident_keys k LEFT JOIN incidents i ON i.incident_id = k.last_incident_id ")
            .Sql("WHERE k.incident_key IN (").Each(keys, "?", static (key, row) => row.Add(key)).Sql(")")
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = new ColumnReader(reader);
            var (key, version) = (row.IncidentKey(), (ulong)row.Number());
            states.Add(key, new(key, version, ReadEpisode(row)));
        }

        return states;
    }

    /// <summary>Any incidents, without their instances, which are final in all but a key's latest. By PRIMARY.</summary>
    public static async Task<Dictionary<IncidentId, Episode>> ReadNamed(
        MySqlConnection connection, IEnumerable<IncidentId> ids, CancellationToken cancellation)
    {
        var named = ids.ToHashSet();
        var episodes = new Dictionary<IncidentId, Episode>();
        if (named.Count == 0)
        {
            return episodes;
        }

        await using var command = new SqlPacket()
            .Sql("SELECT i.firing_count, ").Sql(Episode).Sql(" FROM incidents i WHERE i.incident_id IN (")
            .Each(named, "?", static (id, row) => row.Add(id)).Sql(")")
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = new ColumnReader(reader);
            var firing = (int)row.Number();
            var episode = ReadEpisode(row)! with { FiringCount = firing };
            episodes.Add(episode.Id, episode);
        }

        return episodes;
    }

    /// <summary>The one row of each key, for good. One unique key, so ON DUPLICATE KEY UPDATE is safe; it touches
    /// nothing.</summary>
    public static async Task CreateKeys(
        MySqlConnection connection, IEnumerable<IncidentKey> keys, CancellationToken cancellation)
    {
        await using var command = new SqlPacket()
            .Sql("INSERT INTO incident_keys (incident_key) VALUES ")
            .Each(keys.OrderBy(static key => key.Value, StringComparer.Ordinal), "(?)", static (key, row) => row.Add(key))
            .Sql(" ON DUPLICATE KEY UPDATE incident_key = VALUES(incident_key)")
            .On(connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<Dictionary<IncidentKey, KeyState>> WithInstances(
        MySqlConnection connection, Dictionary<IncidentKey, KeyState> states, CancellationToken cancellation)
    {
        var incidents = states.Values.Select(static state => state.Last?.Id).OfType<IncidentId>().ToList();
        if (incidents.Count == 0)
        {
            return states;
        }

        await using var command = new SqlPacket()
            .Sql("SELECT incident_id, fingerprint, state, severity, starts_at, ends_at, last_seen_at ")
            .Sql("FROM incident_instances WHERE incident_id IN (")
            .Each(incidents, "?", static (id, row) => row.Add(id)).Sql(")")
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new Dictionary<IncidentKey, ImmutableDictionary<string, Instance>.Builder>();
        while (await reader.ReadAsync(cancellation))
        {
            var row = new ColumnReader(reader);
            var key = row.IncidentId()!.Value.Key;
            if (!found.TryGetValue(key, out var instances))
            {
                found.Add(key, instances = states[key].Last!.Instances.ToBuilder());
            }

            instances[row.Text()] = new(
                SnakeCase.Read<AlertState>(row.Text()), row.Text(), row.Time(), row.TimeOrNull(), row.Time());
        }

        foreach (var (key, instances) in found)
        {
            states[key] = states[key] with
            {
                Last = states[key].Last! with
                {
                    Instances = instances.ToImmutable(),
                    FiringCount = instances.Count(static one => one.Value.State == AlertState.Firing),
                },
            };
        }

        return states;
    }

    private static Episode? ReadEpisode(ColumnReader row) => row.IncidentId() is not { } id ? null : new()
    {
        // In the order of the columns.
        Id = id,
        Parts = new(row.Text(), row.Text(), row.Text(), row.Text(), row.Text()),
        Title = row.Text(),
        Summary = row.Text(),
        IsTest = row.Bool(),
        Status = SnakeCase.Read<IncidentStatus>(row.Text()),
        Severity = row.Text(),
        PeakSeverity = row.Text(),
        StartTime = row.Time(),
        FirstSeenAt = row.Time(),
        LastSeenAt = row.Time(),
        CreatedAt = row.Time(),
        UpdatedAt = row.Time(),
        AlertsReceived = row.Number(),
        Acknowledged = ReadAcknowledgement(row),
        Closed = ReadClosure(row),
        Incomplete = IncompleteGroups.Parse(row.Text()),
        Revision = (int)row.Number(),
        EventSeq = (int)row.Number(),
    };

    private static Acknowledgement? ReadAcknowledgement(ColumnReader row)
    {
        var (at, by, saidBy) = (row.TimeOrNull(), row.TextOrNull(), row.TextOrNull());
        return at is { } then && by is not null ? new(then, by, saidBy) : null;
    }

    private static Closure? ReadClosure(ColumnReader row)
    {
        var (at, by, resolution) = (row.TimeOrNull(), row.TextOrNull(), row.TextOrNull());
        var (action, cause, noise, saidBy) = (row.TextOrNull(), row.TextOrNull(), row.BoolOrNull(), row.TextOrNull());
        return at is { } then
            ? new(then, SnakeCase.Read<Resolution>(resolution!), by, action, cause, noise, saidBy)
            : null;
    }
}
