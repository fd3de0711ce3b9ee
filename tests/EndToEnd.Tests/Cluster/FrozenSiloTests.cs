using System.Diagnostics;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>A silo stops in the middle of whatever it does and goes on when others have its keys: a long pause of its
/// machine, or a network that heals. What it still writes then must be refused.</summary>
[Collection(nameof(RunningCluster))]
public sealed class FrozenSiloTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Senders = 16;
    private const int Before = 1_000;
    private const int AfterItsDeath = 2_000;
    private const int AfterItIsBack = 500;

    private static readonly TimeSpan FlowDeadline = TimeSpan.FromSeconds(60);

    // It sees that it was declared dead at its next probe or heartbeat (5 s), and Orleans ends it 2 s later.
    private static readonly TimeSpan SeesItsDeathWithin = TimeSpan.FromSeconds(20);

    private RunningCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = new(await TestDatabase.Create());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_silo_that_was_frozen_until_declared_dead_writes_nothing_twice_and_ends()
    {
        var (silos, webFronts) = await _cluster.Start(silos: 3, webFronts: 2, Cancel);
        await using var flow = new SenderFlow(webFronts, Senders, seed: 3);
        await flow.Reached(Before, FlowDeadline, Cancel);

        var frozen = Stopwatch.GetTimestamp();
        await silos[1].Send("STOP", Cancel);
        await Eventually.Holds(
            "the frozen silo is declared dead", () => _cluster.IsDeclaredDead(silos[1]), TimeSpan.FromSeconds(40), Cancel);
        var declared = Stopwatch.GetElapsedTime(frozen);
        await flow.Reached(flow.Ledger.Answered + AfterItsDeath, FlowDeadline, Cancel);
        var lasted = Stopwatch.GetElapsedTime(frozen);
        await silos[1].Send("CONT", Cancel);
        var code = await silos[1].Ended(SeesItsDeathWithin, Cancel);
        await flow.Reached(flow.Ledger.Answered + AfterItIsBack, FlowDeadline, Cancel);
        await flow.End();

        output.WriteLine($"declared dead after {declared.TotalSeconds:0.0} s, frozen for {lasted.TotalSeconds:0.0} s, then ended with "
            + $"{code}; {await silos[1].TimesSaid("Fence of ", Cancel)} late writes refused; "
            + $"longest time without an answer {flow.Ledger.LongestSilence(frozen).TotalSeconds:0.0} s, slowest answer "
            + $"{flow.Ledger.SlowestAnswer.TotalSeconds:0.0} s");
        Assert.NotEqual(0, code);
        await flow.IsAccountedFor(_cluster.Database);
    }
}
