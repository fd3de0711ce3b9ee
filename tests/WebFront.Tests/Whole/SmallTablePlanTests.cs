using System.Globalization;
using Incidents.Grains.Senders;
using Incidents.TestKit;
using Incidents.WebFront.Auth.Keys;
using Incidents.WebFront.Auth.Tokens;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>How the server reads what grows with the installation instead of with its alerts.</summary>
public sealed class SmallTablePlanTests
{
    [Fact]
    public async Task Senders_are_read_along_an_index()
    {
        await using var database = await TestDatabase.Create();
        await Insert(
            database,
            "senders (sender, peer, kind, version, external_url, remote_address, first_delivery_at, last_delivery_at, "
            + "deliveries, alerts, rejected_alerts, truncated_deliveries, duplicate_deliveries)",
            static n => $"('sender-{n % 50}','{n:x16}','grafana','','','','2026-11-20','2026-11-20' + INTERVAL {n} SECOND,1,1,0,0,0)");
        await database.Rows("ANALYZE TABLE senders");

        await IsAlong("PRIMARY", "", database, SenderQueries.All, new { limit = 1000 });
        await IsAlong("idx_sender_last_delivery", "Using index for group-by", database, SeenSenders.LastDeliveries);
    }

    [Fact]
    public async Task Tokens_keys_and_the_schema_are_read_along_an_index()
    {
        await using var database = await TestDatabase.Create();
        await Insert(
            database,
            "api_tokens (token_hash, name, scope, created_at, created_by, expires_at, revoked_at)",
            static n => $"(UNHEX('{n:x64}'),'token-{n}','read','2026-11-20','ann','2027-11-20',{(n % 2 == 0 ? "NULL" : "'2026-11-21'")})");
        await Insert(database, "data_protection_keys (name, created_at, xml)", static n => $"('key-{n}','2026-11-20','<key/>')");
        await database.Rows("ANALYZE TABLE api_tokens, data_protection_keys");

        await IsAlong("uq_living_name", null, database, TokenRows.Hashes);
        await IsAlong("uq_living_name", null, database, TokenRows.Rows);
        await IsAlong("uq_living_name", null, database, TokenRows.Count);
        await IsAlong("PRIMARY", null, database, StoredKeys.Select);
        await IsAlong("PRIMARY", null, database, SystemQueries.Latest);
    }

    /// <summary>A row a kind, and what the last seconds changed: the one page that reads tables whole.</summary>
    [Fact]
    public async Task Counting_touches_no_incident()
    {
        await using var database = await TestDatabase.Create();

        var steps = await PlanStep.Explain(database, CountQueries.Sums);

        Assert.Equal(["incident_counts", "incident_count_changes"], steps.Select(static step => step.Table));
    }

    private static Task<int> Insert(TestDatabase database, string into, Func<int, FormattableString> row) => database.Execute(
        $"INSERT INTO {into} VALUES {string.Join(',', Enumerable.Range(0, 2000).Select(n => row(n).ToString(CultureInfo.InvariantCulture)))}");

    /// <param name="extra">What else the server says of it; null: anything but that it sorts.</param>
    private static async Task IsAlong(string index, string? extra, TestDatabase database, string select, object? parameters = null)
    {
        var step = Assert.Single(await PlanStep.Explain(database, select, parameters));
        Assert.Equal((index, extra ?? step.Extra, false), (step.Key, step.Extra, step.Sorts));
    }
}
