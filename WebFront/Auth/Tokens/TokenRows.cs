using Dapper;
using Incidents.WebFront.AuditTrail;
using MySqlConnector;

namespace Incidents.WebFront.Auth.Tokens;

/// <summary>The statements on <c>api_tokens</c>; each change together with its row in the audit.</summary>
internal static class TokenRows
{
    public const int MostLiving = 1000;

    // Along uq_living_name: what was revoked has none.
    private const string OfLiving = "FROM api_tokens FORCE INDEX (uq_living_name) WHERE living_name > ''";
    private const string Which = $"{OfLiving} ORDER BY living_name LIMIT 1000";
    public const string Hashes = $"SELECT token_hash, name, scope, expires_at {Which}";
    public const string Rows = $"SELECT name, scope, created_at, created_by, expires_at {Which}";
    public const string Count = $"SELECT COUNT(*) {OfLiving}";

    private const string Insert =
        """
        INSERT INTO api_tokens (token_hash, name, scope, created_at, created_by, expires_at)
        VALUES (@hash, @name, @scope, @now, @by, @expires)
        """;

    private const string Revocation =
        "UPDATE api_tokens SET revoked_at = @now, revoked_by = @by WHERE living_name = LOWER(@name)";

    public static async Task<List<ApiToken>> Living(MySqlDataSource database, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return
        [
            .. (await connection.QueryAsync<(byte[] Hash, string Name, string Scope, DateTime Expires)>(new(Hashes, cancellationToken: cancel)))
                .Select(static row => new ApiToken(row.Name, row.Hash, ScopeText.Parse(row.Scope)!.Value, row.Expires)),
        ];
    }

    public static async Task<List<TokenRow>> List(MySqlDataSource database, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        return
        [
            .. (await connection.QueryAsync<(string Name, string Scope, DateTime Created, string By, DateTime Expires)>(new(Rows, cancellationToken: cancel)))
                .Select(static row => new TokenRow(row.Name, ScopeText.Parse(row.Scope)!.Value, row.Created, row.By, row.Expires)),
        ];
    }

    public static async Task<MakeOutcome> Make(
        MySqlDataSource database, ApiToken token, AuditEntry entry, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await connection.ExecuteScalarAsync<int>(new(Count, transaction: transaction, cancellationToken: cancel)) >= MostLiving)
        {
            return MakeOutcome.TooMany;
        }

        var values = new
        {
            hash = token.Hash,
            name = token.Name,
            scope = token.Scope.Text(),
            now = entry.At.UtcDateTime,
            by = entry.Actor,
            expires = token.Expires!.Value.UtcDateTime,
        };
        try
        {
            await connection.ExecuteAsync(new(Insert, values, transaction, cancellationToken: cancel));
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.DuplicateKeyEntry)
        {
            return MakeOutcome.NameTaken;
        }

        await AuditRows.Add(connection, transaction, entry, cancel);
        await transaction.CommitAsync(cancel);
        return MakeOutcome.Made;
    }

    /// <returns>False when there is none of that name.</returns>
    public static async Task<bool> Revoke(MySqlDataSource database, string name, AuditEntry entry, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var values = new { name, now = entry.At.UtcDateTime, by = entry.Actor };
        if (await connection.ExecuteAsync(new(Revocation, values, transaction, cancellationToken: cancel)) == 0)
        {
            return false;
        }

        await AuditRows.Add(connection, transaction, entry, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}

internal enum MakeOutcome
{
    /// <summary>It opens the API from now on.</summary>
    Made = 1,

    /// <summary>A living one has this name.</summary>
    NameTaken,

    /// <summary>There are as many as there may be.</summary>
    TooMany,
}
