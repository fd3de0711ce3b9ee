using Dapper;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>What each list reads, said by the server with some thousand incidents there: an index, and of that no more
/// than the page needs.</summary>
public sealed class QueryPlanTests(FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    private const int Limit = 50;

    private static readonly IncidentStatus[] Open = [IncidentStatus.Active, IncidentStatus.Acknowledged];
    private static readonly IncidentStatus[] All = [.. Open, IncidentStatus.Resolved];
    private static readonly DateTimeOffset Filled = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, IncidentFilter> Shapes = new()
    {
        ["open"] = new(),
        ["resolved"] = new() { Statuses = [IncidentStatus.Resolved] },
        ["all since"] = new() { Statuses = All, Since = Filled.AddMinutes(10), Until = Filled.AddMinutes(40) },
        ["severity"] = new() { Statuses = All, Severities = ["error", "critical"], IsTest = false },
        ["cluster"] = new() { Statuses = All, Clusters = ["c0"], Namespaces = ["n0", "n1"] },
        ["one cluster"] = new() { Statuses = All, Clusters = ["c0"] },
        ["cluster opened"] = new() { Statuses = All, Clusters = ["c0"], Sort = IncidentSort.Opened },
        ["cluster text"] = new() { Statuses = All, Clusters = ["c0"], Text = "title 1" },
        ["service"] = new() { Statuses = All, Services = ["s1", "s2"] },
        ["rule"] = new() { Statuses = All, Rules = ["r1"], Services = ["s1"], Severities = ["error"] },
        ["tests"] = new() { Statuses = All, IsTest = true },
        ["tests opened"] = new() { Statuses = All, IsTest = true, Sort = IncidentSort.Opened },
        ["tests of a cluster"] = new() { Statuses = All, IsTest = true, Clusters = ["c0"], Services = ["s0"] },
        ["opened"] = new() { Statuses = All, Sort = IncidentSort.Opened },
        ["service opened"] = new() { Statuses = All, Services = ["s1"], Sort = IncidentSort.Opened },
        ["text"] = new() { Statuses = All, Text = "title 1" },
        ["text opened"] = new() { Statuses = All, Text = "title 1", Sort = IncidentSort.Opened },
        ["everything"] = new()
        {
            Statuses = All,
            Severities = ["error"],
            Clusters = ["c0"],
            Namespaces = ["n0"],
            Services = ["s1"],
            Rules = ["r1"],
            Text = "t",
            Since = Filled,
            Until = Filled.AddDays(1),
            IsTest = false,
        },
    };

    public static TheoryData<string> Names => new(Shapes.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_list_of_incidents_walks_an_index(string shape)
    {
        foreach (var after in (IncidentPosition?[])[null, new(Filled.UtcDateTime.AddMinutes(30), FilledDatabase.Id(1800))])
        {
            var (sql, parameters) = IncidentListSql.Of(Shapes[shape], after, Limit + 1);
            foreach (var step in await filled.Explain(sql, parameters))
            {
                Assert.True(step.WalksAnIndex, $"{step}\n{sql}");
                // The open incidents, or those with such titles or of one service, may be sorted; never a history.
                Assert.True(!step.Sorts || Shapes[shape].Sort == IncidentSort.Opened || Shapes[shape].Text is not null, $"{step}\n{sql}");
            }
        }
    }

    /// <summary>Of 3,000, of which 2,400 are resolved.</summary>
    [Theory]
    [InlineData("open", 2)]
    [InlineData("resolved", 1)]
    [InlineData("all since", 3)]
    [InlineData("severity", 6)]
    [InlineData("cluster", 6)]
    [InlineData("one cluster", 3)]
    [InlineData("service", 6)]
    [InlineData("rule", 3)]
    public async Task A_page_reads_no_more_than_its_branches_give(string shape, int branches)
    {
        var (sql, parameters) = IncidentListSql.Of(Shapes[shape], null, Limit + 1);

        var (found, read) = await filled.RowsRead(sql, parameters);

        Assert.Equal(Limit + 1, found);
        // What the branches give, once more each for their union; a filter beside the index may pass over some.
        Assert.InRange(read, Limit, 4 * branches * (Limit + 1));
    }

    /// <summary>One incident of 3,000, and half of them share its namespace, all of them its severity.</summary>
    [Theory]
    [InlineData(null, null)]
    [InlineData("n1", null)]
    [InlineData("n1", "error")]
    public async Task A_rare_value_is_found_without_a_walk_through_what_is_common(string? ns, string? severity)
    {
        var (sql, parameters) = IncidentListSql.Of(
            new() { Statuses = All, Clusters = [FilledDatabase.RareCluster], Namespaces = ns is null ? [] : [ns], Severities = severity is null ? [] : [severity] },
            null,
            Limit + 1);

        var (found, read) = await filled.RowsRead(sql, parameters);

        Assert.Equal(1, found);
        Assert.InRange(read, 1, 20);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("ann", null, null)]
    [InlineData(null, "resolve", null)]
    [InlineData("ann", "resolve", "INC-7")]
    public async Task The_audit_walks_an_index_whatever_is_looked_for(string? actor, string? action, string? target)
    {
        var sql = AuditQueries.Sql(new(actor, action, target));

        var steps = await filled.Explain(sql, new(new { before = 900, actor, action, target, limit = Limit + 1 }));

        Assert.All(steps, step => Assert.True(step is { WalksAnIndex: true, Sorts: false }, $"{step}\n{sql}"));
    }

    [Fact]
    public async Task Details_alerts_timelines_and_rejected_bodies_walk_an_index()
    {
        var cancel = TestContext.Current.CancellationToken;
        Assert.True(IncidentId.TryParse(FilledDatabase.Id(7), out var id));
        var statements = await filled.StatementsOf(async database =>
        {
            Assert.NotNull(await new IncidentQueries(database).Find(id, cancel));
            Assert.True(await new IncidentQueries(database).Exists(id, cancel));
            Assert.NotEmpty(await new IncidentQueries(database).Of([id], cancel));
            var alerts = new AlertQueries(database);
            Assert.NotEmpty((await alerts.OfAnIncident(id, null, Limit, raw: true, cancel)).Rows);
            Assert.NotEmpty((await alerts.OfAnIncident(id, long.MaxValue, Limit, raw: false, cancel)).Rows);
            Assert.NotEmpty((await alerts.OfASeries("a", 900, Limit, raw: false, cancel)).Rows);
            Assert.NotEmpty((await new TimelineQueries(database).List(id, 0, Limit, cancel)).Rows);
            Assert.NotEmpty((await new RejectedQueries(database).List(null, Limit, cancel)).Rows);
            Assert.NotNull(await new RejectedQueries(database).Find(1, cancel));
            Assert.NotEmpty(await new LatestQueries(database).Of([id.Key], cancel));
        });

        Assert.Equal(12, statements.Count);
        foreach (var sql in statements)
        {
            var parameters = new DynamicParameters(new
            {
                id = sql.Contains("rejected", StringComparison.Ordinal) ? "1" : id.Value,
                of = sql.Contains("fingerprint = ", StringComparison.Ordinal) ? "a" : id.Value,
                keys1 = id.Key.Value,
                ids1 = id.Value,
                before = 900,
                after = 0,
                limit = Limit,
                preview = 10,
            });
            foreach (var step in await filled.Explain(sql, parameters))
            {
                Assert.True(step is { WalksAnIndex: true, Sorts: false }, $"{step}\n{sql}");
            }
        }
    }

    [Fact]
    public async Task What_pages_ask_for_besides_walks_an_index()
    {
        var cancel = TestContext.Current.CancellationToken;
        Assert.True(IncidentId.TryParse(FilledDatabase.Id(7), out var id));
        var alert = 0L;
        var statements = await filled.StatementsOf(async database =>
        {
            alert = (await new AlertQueries(database).OfAnIncident(id, null, 1, raw: true, cancel)).Rows[0].AlertId;
            await new TimelineQueries(database).Newest(id, 900, Limit, cancel);
            await new AlertQueries(database).Find(id, alert, cancel);
            await new LatestQueries(database).Before(id, Limit, cancel);
            var find = new FindQueries(database);
            await find.Named("a", Limit, cancel);
            await find.OfRule("r1", Limit, cancel);
            await find.Rejected(["a", "b"], Limit, cancel);
        });

        Assert.Equal(7, statements.Count);
        foreach (var sql in statements)
        {
            var parameters = new DynamicParameters(new
            {
                id = id.Value,
                of = id.Value,
                key = id.Key.Value,
                alert,
                before = 900,
                name = "a",
                rule = "r1",
                text0 = "a",
                text1 = "b",
                most = 200,
                limit = Limit,
            });
            var isBounded = sql.Contains("UNION", StringComparison.Ordinal) || sql.Contains("@most", StringComparison.Ordinal);
            foreach (var step in await filled.Explain(sql, parameters))
            {
                // What was bounded along an index before may be put together and sorted.
                Assert.True(step.WalksAnIndex && (isBounded || !step.Sorts), $"{step}\n{sql}");
            }
        }
    }
}
