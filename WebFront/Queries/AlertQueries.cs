using Dapper;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Queries;

/// <summary>Reads stored alerts, the newest first.</summary>
internal sealed class AlertQueries(ReadDatabase database)
{
    // Each a backward walk along one index: idx_incident (incident_id, alert_id), idx_fingerprint (fingerprint, alert_id).
    private const string OfIncident = "FORCE INDEX (idx_incident) WHERE incident_id = @of";
    private const string OfSeries = "FORCE INDEX (idx_fingerprint) WHERE fingerprint = @of";

    private const string ById =
        $"SELECT {AlertRow.Columns}, raw_payload AS RawPayload FROM grafana_alerts WHERE alert_id = @alert AND incident_id = @of";

    /// <param name="raw">With the payloads exactly as they came.</param>
    public Task<Page<AlertRow>> OfAnIncident(IncidentId id, long? before, int limit, bool raw, CancellationToken cancel) =>
        List(OfIncident, id.Value, Signature(id), before, limit, raw, cancel);

    public Task<Page<AlertRow>> OfASeries(string fingerprint, long? before, int limit, bool raw, CancellationToken cancel) =>
        List(OfSeries, fingerprint, Signature(fingerprint), before, limit, raw, cancel);

    /// <summary>With its payload; null when the incident has no such alert (any more).</summary>
    public async Task<AlertRow?> Find(IncidentId id, long alert, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.QuerySingleOrDefaultAsync<AlertRow>(new(ById, new { of = id.Value, alert }, cancellationToken: cancel));
    }

    public static string Signature(IncidentId id) => $"alerts of {id}";

    public static string Signature(string fingerprint) => $"alerts with {fingerprint}";

    private async Task<Page<AlertRow>> List(
        string which, string of, string signature, long? before, int limit, bool raw, CancellationToken cancel)
    {
        var sql = $"SELECT {AlertRow.Columns}{(raw ? ", raw_payload AS RawPayload" : "")} FROM grafana_alerts {which}"
            + (before is null ? "" : " AND alert_id < @before") + " ORDER BY alert_id DESC LIMIT @limit";
        await using var connection = await database.Open(cancel);
        return Page.Of(
            await connection.QueryAsync<AlertRow>(new(sql, new { of, before, limit = limit + 1 }, cancellationToken: cancel)),
            limit,
            last => Cursor.Write(signature, $"{last.AlertId}"));
    }
}
