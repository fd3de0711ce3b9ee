using System.Net;
using System.Text;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Pages;

/// <summary>What became of an alert, asked in every way.</summary>
public sealed class FindPageTests(SharedSystem shared)
{
    [Fact]
    public async Task An_alert_that_came_is_found_by_each_of_its_names()
    {
        var system = await shared.Get();
        var body = Incoming.Alert("page-find", alertname: "FindMe1", fingerprint: "00000000f1d00001");
        var reply = await system.Accept(body);
        var link = $"href=\"/incidents/{reply.IncidentId}\"";

        foreach (var asked in (string[])["FindMe1", "00000000f1d00001", reply.IncidentId, reply.Keys[0]])
        {
            var page = await system.Visit($"/find?q={Uri.EscapeDataString(asked)}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(link, page.Html, StringComparison.Ordinal);
            Assert.Contains("Open, and nobody has it", page.Text, StringComparison.Ordinal);
            Assert.Contains("Slack is not told of this incident.", page.Text, StringComparison.Ordinal);
        }

        Assert.Contains("new: nothing of its key was open", (await system.Visit("/find?q=FindMe1")).Text, StringComparison.Ordinal);

        var pasted = await (await system.Visit("/find")).Send(system, "/find", ("q", Encoding.UTF8.GetString(body)));
        Assert.Contains(link, pasted.Html, StringComparison.Ordinal);
        Assert.Contains("Its series arrived, last like this:", pasted.Text, StringComparison.Ordinal);
        Assert.Contains("page-find from label cluster", pasted.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_question_gets_an_address_of_its_own()
    {
        var system = await shared.Get();

        var page = await (await system.Visit("/find")).Send(system, "/find", ("q", " NeverHeardOf 1 "));

        Assert.Equal("/find?q=NeverHeardOf%201", page.Address.PathAndQuery);
        Assert.Contains("Never arrived: no alert like that is stored.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rejected_alert_is_found_with_its_reason()
    {
        var system = await shared.Get();
        var body = Incoming.Alert("page-rejected", fingerprint: "00000000f1d00002", status: "burning");
        Assert.Equal(HttpStatusCode.BadRequest, (await system.Post(body)).Status);

        var page = await system.Visit("/find?q=00000000f1d00002");
        Assert.Contains("status must be \"firing\" or \"resolved\"", page.Text, StringComparison.Ordinal);
        var address = page.Html.Split("href=\"").Select(static part => part.Split('"')[0]).First(static part => part.StartsWith("/system/rejected/", StringComparison.Ordinal));
        Assert.Contains("burning", (await system.Visit(address)).Text, StringComparison.Ordinal);

        var pasted = await (await system.Visit("/find")).Send(system, "/find", ("q", Encoding.UTF8.GetString(body)));
        Assert.Contains("It would be rejected:", pasted.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"alerts\":5}")]
    [InlineData("[[[[")]
    [InlineData("https://g.example/d/xyz?viewPanel=2")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("' OR 1=1 -- ")]
    public async Task Nonsense_is_answered_and_escaped(string asked)
    {
        var system = await shared.Get();

        var page = await (await system.Visit("/find")).Send(system, "/find", ("q", asked));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_a_megabyte_is_read()
    {
        var system = await shared.Get();
        var big = $"{{\"alerts\":[{{\"status\":\"firing\",\"labels\":{{\"alertname\":\"Big\"}},\"x\":\"{new string('x', 1_000_000)}\"}}]}}";

        var page = await (await system.Visit("/find")).Send(system, "/find", ("q", big));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("It would be rejected: The alert is larger than Webhooks:MaxAlertBytes.", page.Text, StringComparison.Ordinal);
        Assert.InRange(page.Html.Length, 0, 60_000);
    }
}
