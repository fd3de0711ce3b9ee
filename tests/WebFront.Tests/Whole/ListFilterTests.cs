using System.Net;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>Lists show exactly what was asked for, page by page. Each test's incidents are of a cluster of its own.</summary>
public sealed class ListFilterTests(SharedSystem shared)
{
    private readonly string _cluster = Vary.NewName();

    [Fact]
    public async Task Each_filter_leaves_what_matches()
    {
        var system = await shared.Get();
        var (a, b, c) = (
            await Open(system, "DiskFull", "billing", "warning"),
            await Open(system, "diskSlow", "billing", "critical"),
            await Open(system, "100%_cpu", "checkout", "critical"));

        Assert.Equal([c, b, a], await List(system, ""));
        Assert.Equal([b, a], await List(system, "&service=billing"));
        Assert.Equal([c, b, a], await List(system, "&service=billing&service=checkout"));
        Assert.Equal([c], await List(system, "&rule=100%25_cpu"));
        Assert.Equal([b], await List(system, "&rule=diskSlow,DiskFull&severity=critical"));
        Assert.Equal([a], await List(system, "&rule=diskSlow&rule=DiskFull&service=billing&severity=warning"));
        Assert.Equal([b, a], await List(system, "&text=DISK"));
        Assert.Equal([c], await List(system, "&text=100%25_"));
        Assert.Empty(await List(system, "&text=%25"));
        Assert.Equal([c, b, a], await List(system, "&namespace=shop&is_test=false"));
        Assert.Empty(await List(system, "&namespace=elsewhere"));
        Assert.Empty(await List(system, "&is_test=true"));
        Assert.Empty(await List(system, "&until=2026-01-01"));
        Assert.Equal([c, b, a], await List(system, "&since=2026-01-01T00:00:00%2B09:00"));
        Assert.Empty(await List(system, "&status=resolved"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&sort=opened")]
    [InlineData("&service=s0,s1&status=open,resolved")]
    [InlineData("&rule=r&rule=HighErrorRate&status=open,resolved")]
    [InlineData("&text=high&sort=last_seen")]
    [InlineData("&service=s1&service=s0&sort=opened")]
    public async Task Page_by_page_each_is_there_once_and_in_order(string filter)
    {
        var system = await shared.Get();
        List<string> opened = [];
        for (var i = 0; i < 7; i++)
        {
            opened.Add(await Open(system, "HighErrorRate", $"s{i % 2}", "error", instance: i));
            if (i % 3 == 0)
            {
                await system.Command(opened[^1], "resolve");
                opened[^1] = filter.Contains("resolved", StringComparison.Ordinal) ? opened[^1] : "";
            }
        }

        var (pages, query) = (new List<IReadOnlyList<string?>>(), $"/api/incidents?limit=2&cluster={Clusters(7)}{filter}");
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await system.Read(query + (cursor.Length > 0 ? $"&cursor={cursor}" : ""));
            pages.Add(page.Texts("incidents", "incident_id"));
            cursor = page.GetProperty("next_cursor").GetString();
        }

        Assert.All(pages.SkipLast(1), static page => Assert.Equal(2, page.Count));
        var expected = opened.Where(static id => id.Length > 0).ToHashSet();
        Assert.Equal(expected.Count, pages.Sum(static page => page.Count));
        Assert.Equal(expected, pages.SelectMany(static page => page).ToHashSet()!);
    }

    [Fact]
    public async Task A_cursor_is_of_no_use_to_another_list()
    {
        var system = await shared.Get();
        var id = await Open(system, "DiskFull", "billing", "warning");
        await Open(system, "DiskSlow", "billing", "warning");
        await system.Command(id, "acknowledge");
        var mine = (await system.Read($"/api/incidents?cluster={_cluster}&limit=1")).Text("next_cursor");
        var events = (await system.Read($"/api/incidents/{id}/timeline?limit=1")).Text("next_cursor");

        foreach (var path in (string[])
        [
            $"/api/incidents?cursor={mine}",
            $"/api/incidents?cluster={_cluster}&sort=opened&cursor={mine}",
            $"/api/incidents?cluster={_cluster}&cursor={events}",
            $"/api/incidents/{id}/timeline?cursor={mine}",
            $"/api/incidents/{id}/alerts?cursor={events}",
            $"/api/rejected?cursor={events}",
        ])
        {
            var (status, answer) = await system.Get(path);
            Assert.Equal((HttpStatusCode.BadRequest, "cursor"), (status, answer.Text("parameter")));
        }

        Assert.Equal([id], (await system.Read($"/api/incidents?cluster={_cluster}&limit=2&cursor={mine}")).Texts("incidents", "incident_id"));
    }

    private string Clusters(int count) => string.Join(',', Enumerable.Range(0, count).Select(n => $"{_cluster}-{n}"));

    private async Task<string> Open(IncidentsSystem system, string alertname, string service, string severity, int? instance = null) =>
        (await system.Accept(Incoming.Alert(instance is null ? _cluster : $"{_cluster}-{instance}", alertname, service, severity))).IncidentId;

    private async Task<IReadOnlyList<string?>> List(IncidentsSystem system, string filter) =>
        (await system.Read($"/api/incidents?cluster={_cluster}{filter}")).Texts("incidents", "incident_id");
}
