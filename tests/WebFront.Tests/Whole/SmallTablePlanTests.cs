using System.Globalization;
using Incidents.TestKit;
using Incidents.WebFront.Auth.Keys;
using Incidents.WebFront.Auth.Tokens;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>How the server reads what grows with the installation instead of with its alerts.</summary>
public sealed class SmallTablePlanTests
{
    [Fact]
    public async Task Tokens_keys_and_the_schema_are_read_along_an_index()
    {
        await using var database = await TestDatabase.Create();
        var numbers = Enumerable.Range(0, 2000).ToList();
        await Insert("api_tokens (token_hash, name, scope, created_at, created_by, expires_at, revoked_at)",
            static n => $"(UNHEX('{n:x64}'),'token-{n}','read','2026-11-20','ann','2027-11-20',{(n % 2 == 0 ? "NULL" : "'2026-11-21'")})");
        await Insert("data_protection_keys (name, created_at, xml)", static n => $"('key-{n}','2026-11-20','<key/>')");
        await database.Rows("ANALYZE TABLE api_tokens, data_protection_keys");

        Assert.Equal("uq_living_name", await Index(TokenRows.Hashes));
        Assert.Equal("uq_living_name", await Index(TokenRows.Rows));
        Assert.Equal("uq_living_name", await Index(TokenRows.Count));
        Assert.Equal("PRIMARY", await Index(StoredKeys.Select));
        Assert.Equal("PRIMARY", await Index(SystemQueries.Latest));

        Task Insert(string into, Func<int, FormattableString> row) => database.Execute(
            $"INSERT INTO {into} VALUES {string.Join(',', numbers.Select(n => row(n).ToString(CultureInfo.InvariantCulture)))}");

        async Task<string> Index(string select)
        {
            var step = Assert.Single(await database.Rows("EXPLAIN FORMAT=TRADITIONAL " + select));
            Assert.DoesNotContain("filesort", $"{step[^1]}", StringComparison.Ordinal);
            return $"{step[database.IsMariaDb ? 5 : 6]}";
        }
    }

    /// <summary>A row a kind, and what the last seconds changed: the one page that reads tables whole.</summary>
    [Fact]
    public async Task Counting_touches_no_incident()
    {
        await using var database = await TestDatabase.Create();

        var tables = (await database.Rows("EXPLAIN FORMAT=TRADITIONAL " + CountQueries.Sums))
            .Select(step => $"{step[2]}").Where(static table => table.Length > 0 && !table.StartsWith('<'));

        Assert.Equal(["incident_counts", "incident_count_changes"], tables);
    }
}
