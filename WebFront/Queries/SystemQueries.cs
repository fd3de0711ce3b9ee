using Dapper;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Queries;

/// <summary>Reads which schema the database has.</summary>
internal sealed class SystemQueries(ReadDatabase database)
{
    /// <summary>A row for each migration that ran.</summary>
    public const string Latest = "SELECT version FROM changelog WHERE success = 1 AND version IS NOT NULL ORDER BY id DESC LIMIT 1";

    public async Task<string> Schema(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.ExecuteScalarAsync<string?>(new(Latest, cancellationToken: cancel)) ?? "";
    }
}
