using Dapper;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Queries;

/// <summary>Which rows of the audit; what is null does not matter.</summary>
internal sealed record AuditFilter(string? Actor, string? Action, string? Target);

/// <summary>Reads the audit, the newest first.</summary>
internal sealed class AuditQueries(ReadDatabase database)
{
    /// <summary>A backward walk along one index; the other filters are checked on the way.</summary>
    public static string Sql(AuditFilter filter) =>
        $"SELECT {AuditRow.Columns} FROM audit {Index(filter)} WHERE audit_id < @before"
        + (filter.Target is null ? "" : " AND target = @Target")
        + (filter.Actor is null ? "" : " AND actor = @Actor")
        + (filter.Action is null ? "" : " AND action = @Action")
        + " ORDER BY audit_id DESC LIMIT @limit";

    /// <param name="before">Goes on after the row of this number; null from the newest.</param>
    public async Task<Page<AuditRow>> List(AuditFilter filter, long? before, int limit, CancellationToken cancel)
    {
        var parameters = new { before = before ?? long.MaxValue, limit = limit + 1, filter.Target, filter.Actor, filter.Action };
        await using var connection = await database.Open(cancel);
        return Page.Of(
            await connection.QueryAsync<AuditRow>(new(Sql(filter), parameters, cancellationToken: cancel)),
            limit,
            static last => $"{last.AuditId}");
    }

    /// <summary>Forced: the optimizer may prefer the primary key, and walk all of it for a name that is not there.</summary>
    private static string Index(AuditFilter filter) => filter switch
    {
        { Target: not null } => "FORCE INDEX (idx_target)",
        { Actor: not null } => "FORCE INDEX (idx_actor)",
        { Action: not null } => "FORCE INDEX (idx_action)",
        _ => "FORCE INDEX (PRIMARY)",
    };
}
