using System.Security.Cryptography;
using Incidents.TestKit;
using Incidents.WebFront.Auth.Tokens;
using Incidents.WebFront.Tests.Whole;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MySqlConnector;

namespace Incidents.WebFront.Tests.Tokens;

/// <summary>For how long what was read of the tokens serves.</summary>
public sealed class MadeTokensTests(SharedSystem shared)
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task What_another_WebFront_revokes_opens_nothing_after_five_seconds()
    {
        var database = (await shared.Get()).Database;
        await using var source = new MySqlDataSource(database.ConnectionString);
        var tokens = New(source);
        var (name, hash) = await Insert(database);
        Assert.Equal(name, (await tokens.Find(hash))?.Token?.Name);

        await Revoke(database, hash);
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(name, (await tokens.Find(hash))?.Token?.Name);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Null((await tokens.Find(hash))!.Token);
    }

    [Fact]
    public async Task While_the_database_is_away_what_was_read_last_serves_for_five_minutes()
    {
        await using var proxy = new CutProxy(TestDatabase.ServerPort);
        var database = (await shared.Get()).Database;
        await using var source = new MySqlDataSource(database.ConnectionStringThrough(proxy.Port) + ";ConnectionReset=false");
        var tokens = New(source);
        var (name, hash) = await Insert(database);
        Assert.Equal(name, (await tokens.Find(hash))?.Token?.Name);

        proxy.Close();
        _clock.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(name, (await tokens.Find(hash))?.Token?.Name);
        tokens.OnRevoked(name);
        Assert.Null((await tokens.Find(hash))!.Token);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await tokens.Find(hash));

        proxy.Open();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(name, (await tokens.Find(hash))?.Token?.Name); // it was revoked nowhere else
        await Revoke(database, hash);
    }

    private MadeTokens New(MySqlDataSource source) => new(source, _clock, NullLogger<MadeTokens>.Instance);

    private static async Task<(string Name, byte[] Hash)> Insert(TestDatabase database)
    {
        var (name, hash) = (Vary.NewName(), RandomNumberGenerator.GetBytes(32));
        await database.Execute(
            "INSERT INTO api_tokens (token_hash, name, scope, created_at, created_by, expires_at) VALUES (?, ?, 'read', '2026-01-01', 'ann', '2999-01-01')",
            hash, name);
        return (name, hash);
    }

    private static Task<int> Revoke(TestDatabase database, byte[] hash) =>
        database.Execute("UPDATE api_tokens SET revoked_at = '2026-01-02', revoked_by = 'ann' WHERE token_hash = ?", hash);
}
