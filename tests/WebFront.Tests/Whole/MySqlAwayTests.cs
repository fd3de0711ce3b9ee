using System.Net;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

public sealed class MySqlAwayTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Without_mysql_and_without_a_spool_webhooks_wait_then_are_sent_away_and_all_mends_itself()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var proxy = new CutProxy(TestDatabase.ServerPort);
        await using var system = await IncidentsSystem.Start(new()
        {
            ConnectionString = database => database.ConnectionStringThrough(proxy.Port),
            Web = new Dictionary<string, string> { ["Webhooks:AnswerWithin"] = "00:00:05", ["Spool:Enabled"] = "false" },
        }, cancel);
        var name = Vary.NewName();
        await system.Accept("grafana/01_single_firing.json", name);

        proxy.Close();
        var sentAway = await system.Post(Vary.Fixture("grafana/01_single_firing.json", name));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (sentAway.Status, sentAway.RetryAfter));
        await Eventually.Holds("WebFront is not ready", async () => await system.Ready(cancel) == HttpStatusCode.ServiceUnavailable, Soon, cancel);

        var waiting = system.Post(Vary.Fixture("grafana/01_single_firing.json", name));
        await Eventually.Holds("the webhook waits", () => Task.FromResult(system.RequestsUnderWay == 1), Soon, cancel);
        proxy.Open();
        Assert.Equal(HttpStatusCode.OK, (await waiting).Status);
        await system.IsReady(Soon, cancel);

        // The first, the one that waited and this one; what was sent away is not stored.
        var reply = await system.Accept("grafana/01_single_firing.json", name);
        Assert.Equal(["active//3"], await Episodes.Of(system, reply.Keys.Single()));
    }
}
