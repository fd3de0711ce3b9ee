using System.Diagnostics;
using Incidents.EndToEnd.Tests.Cluster;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>Another transaction locks our rows in the opposite order, so that one of both has to give way: ours.</summary>
[Collection(nameof(RunningCluster))]
public sealed class DeadlockTests(Stages stages)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Scenario("deadlock", "a stranger's transaction crosses ours, which is the victim, again and again")]
    public Task Nothing_is_refused_or_doubled_when_our_packets_are_victims_of_deadlocks() => stages.Run(async storm =>
    {
        storm.Send(new() { Senders = 8 });
        var crossed = storm.Send(new() { Senders = 2, Keys = 1, RequestsOfAKey = int.MaxValue });
        await storm.Goes(100);
        var stranger = await CrossingTransaction.At(storm.Stage.Cluster.Database, crossed.Name);
        var (before, wanted) = (await Deadlocks(storm), Form.Times(20, 5));
        await Eventually.Holds(
            $"{wanted} packets of ours were victims",
            async () =>
            {
                await stranger.Cross(Cancel);
                return await Deadlocks(storm) - before >= wanted;
            },
            Within,
            Cancel);
        await storm.Recovers(Stopwatch.GetTimestamp());
    });

    private static async Task<double> Deadlocks(Storm storm) =>
        (await Task.WhenAll(storm.Stage.Silos.Select(static silo => Scrape.Of(silo.Url, Cancel))))
            .Sum(static silo => silo.Sum("incidents_packets_failed_total", "failure=\"deadlock\""));
}
