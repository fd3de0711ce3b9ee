using System.Diagnostics;
using Incidents.EndToEnd.Tests.Cluster;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>A silo stops in the middle of whatever it does and goes on when others have its keys: a long pause of its
/// machine, or a network that heals. What it still writes then must be refused.</summary>
[Collection(nameof(RunningCluster))]
public sealed class FrozenSiloTests(Stages stages, ITestOutputHelper output)
{
    private const int Before = 1_000;

    private static readonly TimeSpan FrozenFor = Form.Lasts(40, 10);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    // It sees that it was declared dead when it next reads who is there, every 5 s, and Orleans ends it 2 s later. A read that
    // hangs ends after 30 s, the driver's own limit, and is made again.
    private static readonly TimeSpan SeesItsDeathWithin = TimeSpan.FromSeconds(60);

    /// <summary>Another version (1242), or just being written by its new owner (1205, MySQL 3572).</summary>
    private static readonly int?[] Fence = [1242, 1205, 3572];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Scenario("frozen-silo", "one of three silos is frozen (SIGSTOP) for 40 s and writes on when others have its keys")]
    public Task A_silo_that_was_frozen_writes_nothing_late_and_ends() => stages.Run(async storm =>
    {
        var (cluster, silo, way) = (storm.Stage.Cluster, storm.Stage.Silos[0], storm.Stage.FirstSilosWay);
        var flow = storm.Send(new());
        await storm.Goes(Before);

        // A write of its own is on its way when it freezes, and arrives when others have its keys for long.
        await way.HoldNext().WaitAsync(Deadline, TimeProvider.System, Cancel);
        var frozen = Stopwatch.GetTimestamp();
        await silo.Send("STOP", Cancel);
        await Eventually.Holds(
            "the frozen silo is declared dead", () => cluster.IsDeclaredDead(silo), TimeSpan.FromSeconds(40), Cancel);
        var declared = Stopwatch.GetElapsedTime(frozen);
        await Storm.Lasts(FrozenFor, frozen);
        await Eventually.Holds(
            "others have stored what it had", async () => await storm.Stage.Spooled(Cancel) == 0, Deadline, Cancel);
        var refusal = await way.Release().WaitAsync(Deadline, TimeProvider.System, Cancel);
        Assert.Contains(refusal, Fence);
        var continued = Stopwatch.GetTimestamp();
        await silo.Send("CONT", Cancel);
        var code = await silo.Ended(SeesItsDeathWithin, Cancel);
        var ended = Stopwatch.GetElapsedTime(continued);
        storm.Stage.FollowSilo(silo);
        await storm.Recovers(continued);

        output.WriteLine($"declared dead after {declared.TotalSeconds:0.0} s, then ended with {code} {ended.TotalSeconds:0.0} s after going on; "
            + $"error {refusal} for its late write; it saw {await silo.TimesSaid("Fence of ", Cancel)} late writes refused; longest time without an answer "
            + $"{flow.Ledger.LongestSilence(frozen).TotalSeconds:0.0} s");
        Assert.NotEqual(0, code);
    });
}
