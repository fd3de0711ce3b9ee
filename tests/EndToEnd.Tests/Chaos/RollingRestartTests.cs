using System.Diagnostics;
using Incidents.EndToEnd.Tests.Cluster;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>A new version is brought out: one silo after the other is asked to stop, and started anew.</summary>
[Collection(nameof(RunningCluster))]
public sealed class RollingRestartTests(Stages stages, ITestOutputHelper output)
{
    private const int Between = 500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Scenario("rolling-restart", "all silos are restarted one by one")]
    public Task No_webhook_is_refused_while_all_silos_are_restarted_one_by_one() => stages.Run(async storm =>
    {
        storm.Send(new());
        foreach (var silo in storm.Stage.Silos.ToList())
        {
            await storm.Goes(Between);
            var asked = Stopwatch.GetTimestamp();
            Assert.Equal(0, await silo.Stop(Cancel));
            output.WriteLine($"stopped within {Stopwatch.GetElapsedTime(asked).TotalSeconds:0.0} s");
            Assert.True(await storm.Stage.Cluster.IsDeclaredDead(silo), "It left without a word.");
            await storm.Stage.FollowSilo(silo).IsReady(Cancel);
            await storm.Recovers(asked);
        }
    });
}
