using Dapper;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Queries;

/// <summary>Reads the latest incidents of keys.</summary>
internal sealed class LatestQueries(ReadDatabase database)
{
    // PRIMARY on both tables.
    private const string OfKeys =
        """
        SELECT i.incident_key AS IncidentKey, i.incident_id AS IncidentId, i.status AS Status
          FROM incident_keys k JOIN incidents i ON i.incident_id = k.last_incident_id
         WHERE k.incident_key IN @keys
        """;

    public async Task<IReadOnlyDictionary<string, LatestIncident>> Of(
        IReadOnlyCollection<IncidentKey> keys, CancellationToken cancel)
    {
        if (keys.Count == 0)
        {
            return new Dictionary<string, LatestIncident>();
        }

        await using var connection = await database.Open(cancel);
        var rows = await connection.QueryAsync<LatestRow>(
            new(OfKeys, new { keys = keys.Select(static key => key.Value) }, cancellationToken: cancel));
        return rows.ToDictionary(static row => row.IncidentKey, static row => new LatestIncident(row.IncidentId, row.Status));
    }

    /// <summary>The resolved incidents of the same key that came before, the newest first.</summary>
    public async Task<IReadOnlyList<EpisodeRow>> Before(IncidentId id, int limit, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return [.. await connection.QueryAsync<EpisodeRow>(
            new(EpisodeRow.EarlierOfKey, new { key = id.Key.Value, id = id.Value, limit }, cancellationToken: cancel))];
    }

    private sealed record LatestRow(string IncidentKey, string IncidentId, string Status);
}

/// <summary>The latest incident of a key. An alert that fires joins it while it is open.</summary>
public sealed record LatestIncident(string IncidentId, string Status);
