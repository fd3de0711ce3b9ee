using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Slack;

public sealed class WithoutSlackTests(SharedSystem shared)
{
    [Fact]
    public async Task Without_Slack_an_incident_says_nothing_of_it_and_the_system_that_it_is_off()
    {
        var system = await shared.Get();
        var id = (await system.Accept("grafana/01_single_firing.json", Vary.NewName())).IncidentId;

        Assert.False((await system.Read($"/api/incidents/{id}")).TryGetProperty("slack", out _));
        var slack = (await system.Read("/api/system")).GetProperty("slack");
        Assert.Equal("off", slack.Text("mode"));
        Assert.Empty(slack.GetProperty("channels").EnumerateArray());
    }
}
