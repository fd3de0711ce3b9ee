using Dapper;
using Incidents.WebFront.Hosting;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Live;

/// <summary>Reads what changed since a time. However many come back at once, few ask together. Never from a replica: what
/// was heard of already may not be there yet.</summary>
internal sealed class LiveReads([FromKeyedServices(Database.Main)] ReadDatabase database) : IDisposable
{
    public const int Most = 500;
    private const int MostTogether = 8;

    // A backward walk along idx_updated that ends at the limit.
    private const string Changed =
        $"SELECT {IncidentRow.Columns} FROM incidents FORCE INDEX (idx_updated) WHERE updated_at >= @since ORDER BY updated_at DESC LIMIT @limit";

    private const string One = $"SELECT {IncidentRow.Columns} FROM incidents WHERE incident_id = @id";

    private readonly SemaphoreSlim _slots = new(MostTogether);

    /// <returns>The latest of them, the latest last, and whether these are all.</returns>
    public async Task<(IReadOnlyList<IncidentRow> Rows, bool AreAll)> Since(DateTimeOffset since, CancellationToken cancel, int most = Most)
    {
        var rows = await Read(Changed, new { since = since.UtcDateTime, limit = most + 1 }, cancel);
        return ([.. rows.Take(most).Reverse()], rows.Count <= most);
    }

    /// <returns>Nothing when there is no such incident.</returns>
    public async Task<IReadOnlyList<IncidentRow>> Of(string incidentId, CancellationToken cancel) => await Read(One, new { id = incidentId }, cancel);

    public void Dispose() => _slots.Dispose();

    private async Task<List<IncidentRow>> Read(string sql, object parameters, CancellationToken cancel)
    {
        await _slots.WaitAsync(cancel);
        try
        {
            await using var connection = await database.Open(cancel);
            return (await connection.QueryAsync<IncidentRow>(new(sql, parameters, cancellationToken: cancel))).AsList();
        }
        finally
        {
            _slots.Release();
        }
    }
}
