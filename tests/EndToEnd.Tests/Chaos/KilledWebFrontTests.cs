using System.Diagnostics;
using Incidents.EndToEnd.Tests.Cluster;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>A WebFront ends without a word; the balancer gives its senders to the other one.</summary>
[Collection(nameof(RunningCluster))]
public sealed class KilledWebFrontTests(Stages stages)
{
    private const int Before = 200;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Scenario("killed-webfront", "one of two WebFronts is killed (kill -9) while MySQL is away, and started again with its journal")]
    public Task What_a_killed_WebFront_had_answered_is_stored_once_after_it_was_started_again() => stages.Run(async storm =>
    {
        storm.Send(new() { PerSecond = Form.Times(100, 50) });
        await storm.Goes(Before);
        await storm.Stage.MySql.Stop(Cancel); // so that its journal holds something
        var victim = storm.Stage.WebFronts[Random.Shared.Next(storm.Stage.WebFronts.Count)];
        await Eventually.Holds(
            "deliveries were spooled",
            () => Task.FromResult(storm.Requests.Count(static one => one.Fate == Fate.Spooled) > 20),
            TimeSpan.FromSeconds(30),
            Cancel);
        await victim.Send("KILL", Cancel);
        await victim.Ended(TimeSpan.FromSeconds(5), Cancel);
        await storm.Stage.MySql.StartAgain();
        var again = Stopwatch.GetTimestamp();
        storm.Stage.FollowWebFront(victim);

        await storm.Recovers(again);
    });
}
