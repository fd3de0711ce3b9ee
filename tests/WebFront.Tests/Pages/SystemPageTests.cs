using System.Net;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Pages;

public sealed class SystemPageTests(SharedSystem shared)
{
    [Fact]
    public async Task Every_part_of_a_sound_service_answers()
    {
        var system = await shared.Get();
        await system.Accept(Incoming.Alert("page-system"));

        var page = await system.Visit("/system");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("No answer within two seconds.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Active", page.Text, StringComparison.Ordinal);
        Assert.Contains("IncidentKeyGrain", page.Text, StringComparison.Ordinal);
        Assert.Contains("Slack is switched off", page.Text, StringComparison.Ordinal);
        Assert.Matches("Schema version [0-9]+ ", page.Text);
    }

    [Fact]
    public async Task What_was_rejected_is_listed_and_shown()
    {
        var system = await shared.Get();
        await system.Post("<script>not json"u8.ToArray());

        var list = await system.Visit("/system/rejected");

        Assert.Contains("The body is not complete, sound JSON.", list.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await system.Visit("/system/rejected/999999999")).Status);
    }
}
