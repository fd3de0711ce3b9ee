using System.Net;
using System.Text.RegularExpressions;
using Incidents.TestKit;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Pages;

/// <summary>The list of incidents as a browser without scripts has it.</summary>
public sealed class ListPageTests(SharedSystem shared)
{
    [Fact]
    public async Task Every_incident_is_on_one_page_of_the_list()
    {
        var (system, cluster, ours) = await Open(5);

        var (page, seen) = (await Browsed.Get(system, $"/?cluster={cluster}&limit=2"), new List<string>());
        while (true)
        {
            seen.AddRange(page.Incidents);
            if (page.Link("next") is not { } next)
            {
                break;
            }

            page = await Browsed.Get(system, next);
        }

        Assert.Equal(ours.Order(), seen.Order());
        Assert.Contains($"cluster={cluster}", page.Path, StringComparison.Ordinal);
        Assert.DoesNotContain("data-live=", page.Html, StringComparison.Ordinal); // an older page has no newer rows
    }

    [Fact]
    public async Task Filters_stay_in_the_form_and_each_can_be_taken_off()
    {
        var (system, cluster, ours) = await Open(1);

        var page = await Browsed.Get(system, $"/?cluster={cluster}&severity=critical&text=&service=&is_test=&sort=");

        Assert.Equal(ours, page.Incidents);
        Assert.Contains($"name=\"cluster\" value=\"{cluster}\"", page.Html, StringComparison.Ordinal);
        Assert.Matches("name=\"severity\" value=\"critical\" checked", page.Html);
        Assert.Contains($"<a href=\"/?cluster={cluster}\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/?severity=critical\"", page.Html, StringComparison.Ordinal);
        Assert.Contains($"data-live=\"/live?severity=critical&amp;cluster={cluster}\"", page.Html, StringComparison.Ordinal);
        Assert.Empty((await Browsed.Get(system, $"/?cluster={cluster}&severity=info")).Incidents);
    }

    [Theory]
    [InlineData("/?status=closed", "status must be")]
    [InlineData("/?clutser=prod", "There is no such filter: clutser")]
    [InlineData("/?since=yesterday", "since must be a time")]
    [InlineData("/?cursor=nonsense", "This cursor is not of this list")]
    public async Task A_filter_that_means_nothing_is_named_and_lists_nothing(string path, string said)
    {
        var page = await Browsed.Get(await shared.Get(), path);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(said, page.Html, StringComparison.Ordinal);
        Assert.Empty(page.Incidents);
    }

    [Fact]
    public async Task A_click_acknowledges_and_the_same_list_says_so()
    {
        var (system, cluster, ours) = await Open(1);
        var page = await Browsed.Get(system, $"/?cluster={cluster}");
        var button = ("incident", page.Value(ours[0], "incident"));

        var after = await page.Post("/acknowledge", button);
        var again = await page.Post("/acknowledge", button);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (after.Status, again.Status));
        Assert.StartsWith($"/?cluster={cluster}&did=acknowledge&outcome=done&of=", after.Path, StringComparison.Ordinal);
        Assert.Contains("Acknowledged.", after.Html, StringComparison.Ordinal);
        Assert.Contains("status-acknowledged", after.Line(ours[0]), StringComparison.Ordinal);
        Assert.Contains("<bdi>local</bdi>", after.Line(ours[0]), StringComparison.Ordinal);
        Assert.Contains("outcome=repeated", again.Path, StringComparison.Ordinal);
        Assert.Equal(["opened", "acknowledged"], (await system.Read($"/api/incidents/{ours[0]}/timeline")).Texts("events", "kind"));
    }

    [Fact]
    public async Task Who_clicks_on_what_is_no_longer_so_hears_who_was_first()
    {
        var (system, cluster, ours) = await Open(2);
        var page = await Browsed.Get(system, $"/?cluster={cluster}");
        await system.Command(ours[0], "resolve", """{"by":"ann"}""");
        await system.Command(ours[1], "acknowledge", """{"by":"ben"}""");
        await system.Command(ours[1], "unacknowledge");

        var resolved = await page.Post("/acknowledge", ("incident", page.Value(ours[0], "incident")));
        var stale = await page.Post("/acknowledge", ("incident", page.Value(ours[1], "incident")));

        Assert.Contains("Refused: it is already resolved.", resolved.Html, StringComparison.Ordinal);
        Assert.Contains("ann (local)", resolved.Html, StringComparison.Ordinal);
        Assert.Contains("Refused: it changed since you looked.", stale.Html, StringComparison.Ordinal);
        Assert.Equal("active", (await system.Read($"/api/incidents/{ours[1]}")).Text("status"));
    }

    [Fact]
    public async Task Who_wrote_what_was_done_and_comes_too_late_has_the_text_still()
    {
        var (system, cluster, ours) = await Open(1);
        var list = await Browsed.Get(system, $"/?cluster={cluster}");
        var confirm = await list.Post("/bulk", ("resolve", list.Value(ours[0], "resolve")));
        await system.Command(ours[0], "notes", """{"text":"meanwhile"}""");

        var refused = await confirm.Post("/bulk/confirm", ("action_taken", "restarted it"));
        var done = await refused.Post("/bulk/confirm", ("action_taken", "restarted it"));

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains(">restarted it</textarea>", refused.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.Equal("resolved", (await system.Read($"/api/incidents/{ours[0]}")).Text("status"));
    }

    [Fact]
    public async Task Several_are_confirmed_once_and_each_has_its_outcome()
    {
        var (system, cluster, ours) = await Open(3);
        var list = await Browsed.Get(system, $"/?cluster={cluster}");
        var confirm = await list.Post("/bulk", [("kind", "resolve"), .. ours.Select(id => ("selected", list.Value(id, "selected")))]);
        await system.Command(ours[1], "acknowledge", """{"by":"ann"}""");
        (string, string)[] found = [("action_taken", "restarted\r\nit"), ("root_cause", ""), ("is_noise", "true")];

        var result = await confirm.Post("/bulk/confirm", found);
        var again = await confirm.Post("/bulk/confirm", found);

        Assert.Contains("Resolve 3 incidents", confirm.Html, StringComparison.Ordinal);
        Assert.Contains("2 / 3", result.Html, StringComparison.Ordinal);
        Assert.Equal(["Done", "StaleRevision", "Done"], Outcomes(result));
        Assert.Equal(["Repeated", "StaleRevision", "Repeated"], Outcomes(again));
        Assert.Contains("ann (local)", result.Html, StringComparison.Ordinal);
        var first = await system.Read($"/api/incidents/{ours[0]}");
        Assert.Equal(("resolved", "restarted\nit", "True", ""), (first.Text("status"), first.Text("action_taken"), first.Text("is_noise"), first.Text("root_cause")));
        Assert.Equal("acknowledged", (await system.Read($"/api/incidents/{ours[1]}")).Text("status"));

        string[] Outcomes(Browsed page) => [.. ours.Select(id => Regex.Match(page.Html, $"""<li data-outcome="(\w+)">(?:(?!</li>).)*{id}""", RegexOptions.Singleline).Groups[1].Value)];
    }

    [Fact]
    public async Task One_line_is_resolved_with_a_word_on_what_was_done_and_nothing_selected_is_nothing_done()
    {
        var (system, cluster, ours) = await Open(2);
        var list = await Browsed.Get(system, $"/?cluster={cluster}");

        var nothing = await list.Post("/bulk", ("kind", "resolve"));
        var confirm = await list.Post("/bulk", ("resolve", list.Value(ours[0], "resolve")), ("selected", list.Value(ours[1], "selected")));
        var after = await confirm.Post("/bulk/confirm", ("action_taken", "restarted it"));

        Assert.Equal(HttpStatusCode.BadRequest, nothing.Status);
        Assert.Contains("Resolved.", after.Html, StringComparison.Ordinal);
        Assert.Equal([ours[1]], after.Incidents);
        Assert.Equal("restarted it", (await system.Read($"/api/incidents/{ours[0]}")).Text("action_taken"));
    }

    [Fact]
    public async Task A_form_that_is_not_of_ours_does_nothing()
    {
        var (system, cluster, ours) = await Open(1);
        var list = await Browsed.Get(system, $"/?cluster={cluster}");
        using var body = new FormUrlEncodedContent([new("incident", list.Value(ours[0], "incident")), new("page", $"{Guid.NewGuid()}")]);

        using var answer = await system.Client.PostAsync(new Uri("/acknowledge", UriKind.Relative), body, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("active", (await system.Read($"/api/incidents/{ours[0]}")).Text("status"));
    }

    [Fact]
    public async Task The_counts_come_alone_and_each_is_a_link_to_what_it_counts()
    {
        var (system, cluster, _) = await Open(1);

        var counts = await Browsed.Get(system, $"/counts?cluster={cluster}&cursor=x");

        Assert.StartsWith("<nav class=\"counts\"", counts.Html.TrimStart(), StringComparison.Ordinal);
        Assert.Contains($"href=\"/?cluster={cluster}&amp;status=resolved\"", counts.Html, StringComparison.Ordinal);
        Assert.Contains($"href=\"/?cluster={cluster}&amp;severity=critical\"", counts.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", counts.Html, StringComparison.Ordinal);
    }

    /// <summary>So many incidents in a cluster of their own, by service.</summary>
    private async Task<(IncidentsSystem System, string Cluster, string[] Incidents)> Open(int count)
    {
        var (system, cluster) = (await shared.Get(), Vary.NewName());
        for (var n = 0; n < count; n++)
        {
            using var body = new ByteArrayContent(Incoming.Alert(cluster, service: $"s{n}"));
            body.Headers.ContentType = new("application/json");
            using var answer = await system.Client.PostAsync(new Uri("/webhook/grafana", UriKind.Relative), body, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        var listed = await system.Read($"/api/incidents?cluster={cluster}");
        return (system, cluster, [.. listed.GetProperty("incidents").EnumerateArray().OrderBy(static one => one.Text("service"), StringComparer.Ordinal).Select(static one => one.Text("incident_id")!)]);
    }
}
