using System.Diagnostics;
using Incidents.EndToEnd.Tests.Cluster;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>Two servers send the same at the same time, as a Grafana HA pair does.</summary>
[Collection(nameof(RunningCluster))]
public sealed class DuplicateSenderTests(Stages stages)
{
    private const int Pairs = 8;

    [Fact]
    [Scenario("duplicate-sender", "two servers send every delivery at the same moment")]
    public Task What_two_servers_send_is_stored_twice_and_is_one_incident() => stages.Run(async storm =>
    {
        var flows = Enumerable.Range(0, Pairs).Select(_ => storm.Send(new() { Senders = 1, Copies = 2 })).ToList();
        await storm.Goes(Form.Times(1_000, 200));
        await storm.Recovers(Stopwatch.GetTimestamp());

        foreach (var flow in flows)
        {
            await flow.End();
            Assert.All(flow.Ledger.Accepted.GroupBy(static alert => alert.Mark), static alert =>
            {
                Assert.Equal(2, alert.Count());
                Assert.Single(alert.Select(static one => one.Incident).Distinct());
            });
        }
    });
}
