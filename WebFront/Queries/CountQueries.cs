using Dapper;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Queries;

/// <summary>Reads how many incidents there are of each kind, which is kept and not counted.</summary>
internal sealed class CountQueries
{
    // Both tables whole: one has a row for each kind, the other what the last seconds changed. In one statement, so that
    // what is folded just now is seen in exactly one of them.
    public const string Sums =
        """
        SELECT c.status AS Status, c.severity AS Severity, c.is_test AS IsTest, CAST(SUM(c.n) AS SIGNED) AS Incidents
          FROM (SELECT status, severity, is_test, incidents AS n FROM incident_counts
                UNION ALL
                SELECT status, severity, is_test, change_by FROM incident_count_changes) c
         GROUP BY c.status, c.severity, c.is_test HAVING SUM(c.n) <> 0
         ORDER BY c.status, c.severity
        """;

    private readonly ReadDatabase _database;
    private readonly SharedLook<IncidentCounts> _lately;

    public CountQueries(ReadDatabase database, TimeProvider clock) =>
        (_database, _lately) = (database, new(() => Read(CancellationToken.None), clock));

    /// <summary>A second old at most: all open lists ask while things happen.</summary>
    public Task<IncidentCounts> Lately(CancellationToken cancel) => _lately.Get().WaitAsync(cancel);

    public async Task<IncidentCounts> Read(CancellationToken cancel)
    {
        await using var connection = await _database.Open(cancel);
        var rows = (await connection.QueryAsync<CountRow>(new(Sums, cancellationToken: cancel))).ToList();
        return new([.. rows.Where(static row => !row.IsTest).Select(KindCount.Of)], [.. rows.Where(static row => row.IsTest).Select(KindCount.Of)]);
    }
}

/// <summary>How many incidents there are. A kind of which there is none is absent.</summary>
/// <param name="Incidents">Real ones.</param>
/// <param name="Tests">Those of Grafana's Test button.</param>
public sealed record IncidentCounts(IReadOnlyList<KindCount> Incidents, IReadOnlyList<KindCount> Tests);

/// <param name="Count">Incidents with this status and this severity now.</param>
public sealed record KindCount(string Status, string Severity, long Count)
{
    public static KindCount Of(CountRow row) => new(row.Status, row.Severity, row.Incidents);
}

public sealed record CountRow
{
    public required string Status { get; init; }

    public required string Severity { get; init; }

    public bool IsTest { get; init; }

    public long Incidents { get; init; }
}
