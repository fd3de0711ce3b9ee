using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.TestKit;
using Incidents.WebFront.Live;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Live;

/// <summary>From a webhook to those who watch, over real HTTP. Each test's incidents are of a cluster of its own.</summary>
public sealed class LiveFlowTests(SharedSystem shared)
{
    private readonly string _cluster = Vary.NewName();

    [Fact]
    public async Task What_happens_is_seen_as_the_incident_then_is_and_in_order()
    {
        var system = await shared.Get();
        await using var live = await Watch(system);

        var id = await Open(system);
        var opened = await live.Next("incident", id);
        var atOnce = await Stored(system, id);
        await system.Accept(Incoming.Alert(_cluster, fingerprint: "00000000000000a2"));
        var joined = await live.Next("incident", id, static item => Of(item, "alert_count") == "2");
        await system.Command(id, "acknowledge", """{"by":"kim"}""");
        var acknowledged = await live.Next("incident", id, static item => Of(item, "status") == "acknowledged");

        Assert.Equal(atOnce, opened.GetProperty("incident").ToString());
        Assert.Equal(await Stored(system, id), acknowledged.GetProperty("incident").ToString());
        Assert.True(Change(opened) < Change(joined) && Change(joined) < Change(acknowledged));
        Assert.Equal(("text/event-stream", "no-store"), (live.Answer.Content.Headers.ContentType?.MediaType, live.Answer.Headers.CacheControl?.ToString()));
    }

    [Fact]
    public async Task Who_was_away_misses_nothing_and_what_no_longer_matches_is_said_to_be_gone()
    {
        var (system, id) = (await shared.Get(), await Open(await shared.Get()));
        string last;
        await using (var before = await Watch(system))
        {
            await before.Next("ping");
            last = before.Last;
        }

        await system.Command(id, "acknowledge");
        var other = await Open(system, "other");

        await using var all = await Watch(system, "", last);
        await using var active = await Watch(system, "&status=active", last);
        await using var elsewhere = await Watch(system, "&service=billing", last);
        Assert.Equal("acknowledged", Of(await all.Next("incident", id, static item => Of(item, "status") == "acknowledged"), "status"));
        await all.Next("incident", other);
        await active.Next("gone", id);
        await active.Next("incident", other);
        await system.Command(other, "resolve");
        await all.Next("gone", other);
        var billing = (await system.Accept(Incoming.Alert(_cluster, service: "billing"))).IncidentId;
        Assert.Equal(billing, Of(JsonElement.Parse(await elsewhere.Next("incident")), "incident_id"));
    }

    [Fact]
    public async Task A_page_gets_the_line_of_its_list_and_an_incidents_page_a_mark()
    {
        var (system, id) = (await shared.Get(), await Open(await shared.Get()));
        await using var list = await LiveReader.Open(system.Client, $"/live?cluster={_cluster}&sort=opened&limit=20");
        await using var page = await LiveReader.Open(system.Client, $"/live?incident={id}");
        await Task.WhenAll(list.Next("ping"), page.Next("ping"));

        await system.Command(id, "resolve");
        await Open(system, "other");

        await list.Next("gone", id);
        await page.Next("changed", id);
        var row = await list.Next("row");
        Assert.Contains("<tr id=\"INC-", row, StringComparison.Ordinal);
        Assert.Contains("data-change=", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_told_of_is_found_all_the_same()
    {
        var (system, id) = (await shared.Get(), await Open(await shared.Get()));
        await using var live = await Watch(system);
        await live.Next("ping");

        // As a silo does that dies between its commit and its news.
        await system.Database.Execute("UPDATE incident_keys SET version = version + 1 WHERE last_incident_id = ?", id);
        await system.Database.Execute("UPDATE incidents SET is_noise = TRUE, updated_at = ? WHERE incident_id = ?", TimeProvider.System.GetUtcNow().UtcDateTime, id);

        await live.Next("incident", id, static item => Of(item, "is_noise") == "True");
    }

    [Fact]
    public async Task Who_missed_more_than_is_read_is_told_to_read_the_list_anew()
    {
        var system = await shared.Get();
        await system.Accept(Incoming.Alerts([.. Enumerable.Range(0, LiveReads.Most + 1).Select(n => $"{_cluster}-{n}")]));

        await using var live = await LiveReader.Open(system.Client, "/api/live", last: "1");

        await live.Next("reload");
    }

    [Theory]
    [InlineData("/api/live?cluser=x", "cluser")]
    [InlineData("/api/live?last=yesterday", "last")]
    [InlineData("/api/live?status=open&since=soon", "since")]
    [InlineData("/live?incident=7", "incident")]
    public async Task What_cannot_be_meant_is_refused(string path, string parameter)
    {
        var system = await shared.Get();

        using var answer = await system.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(parameter, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<LiveReader> Watch(IncidentsSystem system, string filter = "", string? last = null)
    {
        var live = await LiveReader.Open(system.Client, $"/api/live?cluster={_cluster}{filter}", last);
        return live;
    }

    private async Task<string> Open(IncidentsSystem system, string alertname = "HighErrorRate") =>
        (await system.Accept(Incoming.Alert(_cluster, alertname))).IncidentId;

    private static long Change(JsonElement item) => item.GetProperty("change").GetInt64();

    private static string Of(JsonElement item, string member) => item.GetProperty("incident").GetProperty(member).ToString();

    /// <summary>As the API gives it, without what the feed leaves out.</summary>
    private static async Task<string> Stored(IncidentsSystem system, string id)
    {
        var incident = JsonNode.Parse((await system.Read($"/api/incidents/{id}")).ToString())!.AsObject();
        incident.Remove("instances");
        incident.Remove("slack");
        return incident.ToJsonString();
    }
}
