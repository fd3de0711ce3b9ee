using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

public sealed class LostSiloCardTests
{
    [Fact]
    public async Task What_a_lost_silo_was_about_to_tell_is_told_once_by_another()
    {
        await using var cluster = await ToldCluster.Started();
        cluster.Slack.Fail(SlackMethods.Post, Fault.Late(TimeSpan.FromSeconds(2)) with { IsCarriedOut = true }, calls: 4);
        var incidents = new List<IncidentId>();
        for (var n = 0; n < 6; n++)
        {
            incidents.Add(await cluster.Observe($"lost {n}", Alerts.Firing("a", severity: n % 2 == 0 ? "critical" : "error")));
        }

        await Eventually.Holds(
            "both channels are being told",
            () => Task.FromResult(cluster.Slack.Calls.Select(static call => call.Channel).Distinct().Count() == 2),
            TimeSpan.FromSeconds(20),
            TestContext.Current.CancellationToken);
        await cluster.Silos.KillOne();
        foreach (var incident in incidents)
        {
            await Within.Deadline("a command is carried out", async () =>
                (await cluster.Command(incident, CommandKind.Resolve)).Outcome is CommandOutcome.Done or CommandOutcome.AlreadyResolved);
        }

        foreach (var incident in incidents)
        {
            await cluster.Shows(incident, "rolled back");
        }

        await cluster.IsQuiet();
        Assert.All(incidents, incident => Assert.Single(cluster.Of(incident)));
    }
}
