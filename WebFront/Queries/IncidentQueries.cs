using Dapper;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Queries;

/// <summary>Reads incidents for pages and programs straight from MySQL: reading asks no grain.</summary>
internal sealed class IncidentQueries(ReadDatabase database)
{
    private const int MaxInstances = 2000;

    private const string ById = $"SELECT {IncidentRow.Columns} FROM incidents WHERE incident_id = @id";

    private const string ByIds = $"SELECT {IncidentRow.Columns} FROM incidents FORCE INDEX (PRIMARY) WHERE incident_id IN @ids ORDER BY incident_id";

    // Along the primary key (incident_id, fingerprint).
    private const string InstancesOf =
        """
        SELECT fingerprint AS Fingerprint, state AS State, severity AS Severity, starts_at AS StartsAt,
               ends_at AS EndsAt, last_seen_at AS LastSeenAt, values_json AS ValuesJson
          FROM incident_instances WHERE incident_id = @id ORDER BY fingerprint LIMIT @limit
        """;

    /// <summary>At most so many, and whether there are more.</summary>
    public async Task<Page<IncidentRow>> List(
        IncidentFilter filter, IncidentPosition? after, int limit, CancellationToken cancel)
    {
        var (sql, parameters) = IncidentListSql.Of(filter, after, limit + 1);
        await using var connection = await database.Open(cancel);
        return Page.Of(
            await connection.QueryAsync<IncidentRow>(new(sql, parameters, cancellationToken: cancel)),
            limit,
            last => new IncidentPosition(last.LastSeenAt, last.IncidentId).Cursor(filter));
    }

    /// <summary>Those of them that there are; a person selects few.</summary>
    public async Task<IReadOnlyList<IncidentRow>> Of(IReadOnlyCollection<IncidentId> ids, CancellationToken cancel)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        await using var connection = await database.Open(cancel);
        return [.. await connection.QueryAsync<IncidentRow>(
            new(ByIds, new { ids = ids.Select(static id => id.Value) }, cancellationToken: cancel))];
    }

    /// <summary>Null when there is no such incident.</summary>
    public async Task<IncidentRow?> Find(IncidentId id, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var parameters = new { id = id.Value, limit = MaxInstances };
        var incident = await connection.QuerySingleOrDefaultAsync<IncidentRow>(
            new(ById, parameters, cancellationToken: cancel));
        if (incident is null)
        {
            return null;
        }

        var instances = await connection.QueryAsync<InstanceRow>(new(InstancesOf, parameters, cancellationToken: cancel));
        var card = await connection.QuerySingleOrDefaultAsync<CardRow>(
            new(CardRow.OfAnIncident, parameters, cancellationToken: cancel));
        return incident with { Instances = [.. instances], Slack = card };
    }

    public async Task<bool> Exists(IncidentId id, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.ExecuteScalarAsync<int?>(
            new("SELECT 1 FROM incidents WHERE incident_id = @id", new { id = id.Value }, cancellationToken: cancel)) is not null;
    }
}
