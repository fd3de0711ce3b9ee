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
    private const int AfterItIsBack = 500;

    private static readonly TimeSpan FrozenFor = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan FlowDeadline = TimeSpan.FromSeconds(60);

    // It sees that it was declared dead at its next probe or heartbeat, and Orleans ends it 2 s later.
    private static readonly TimeSpan SeesItsDeathWithin = TimeSpan.FromSeconds(20);

    private CutProxy _proxy = null!;
    private RunningCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await TestDatabase.Create();
        (_proxy, _cluster) = (new(database.Port), new(database));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task A_silo_that_was_frozen_for_40_s_writes_nothing_late_and_ends()
    {
        var silo = _cluster.StartSilo(_cluster.Database.ConnectionStringThrough(_proxy.Port));
        await silo.IsReady(Cancel);
        var (_, webFronts) = await _cluster.Start(silos: 2, webFronts: 2, Cancel);
        await using var flow = new SenderFlow(webFronts, Senders, seed: 3);
        await flow.Reached(Before, FlowDeadline, Cancel);

        // A write of its own is on its way when it freezes, and arrives when others have its keys for long.
        await _proxy.HoldNext().WaitAsync(FlowDeadline, TimeProvider.System, Cancel);
        var frozen = Stopwatch.GetTimestamp();
        await silo.Send("STOP", Cancel);
        await Eventually.Holds(
            "the frozen silo is declared dead", () => _cluster.IsDeclaredDead(silo), TimeSpan.FromSeconds(40), Cancel);
        var declared = Stopwatch.GetElapsedTime(frozen);
        await Eventually.Holds(
            "it was frozen for 40 s, and what waited for it is answered",
            () => Task.FromResult(Stopwatch.GetElapsedTime(frozen) > FrozenFor && flow.Ledger.SlowestAnswer > TimeSpan.FromSeconds(2)),
            FlowDeadline,
            Cancel);
        await silo.Send("CONT", Cancel);
        _proxy.Release();
        await Eventually.Holds(
            "its late write is refused by the fence",
            async () => await silo.TimesSaid("Fence of ", Cancel) > 0,
            SeesItsDeathWithin,
            Cancel);
        var code = await silo.Ended(SeesItsDeathWithin, Cancel);
        await flow.Reached(flow.Ledger.Answered + AfterItIsBack, FlowDeadline, Cancel);
        await flow.End();

        output.WriteLine($"declared dead after {declared.TotalSeconds:0.0} s, then ended with {code}; "
            + $"{await silo.TimesSaid("Fence of ", Cancel)} late writes refused; longest time without an answer "
            + $"{flow.Ledger.LongestSilence(frozen).TotalSeconds:0.0} s, slowest answer {flow.Ledger.SlowestAnswer.TotalSeconds:0.0} s");
        Assert.NotEqual(0, code);
        await flow.IsAccountedFor(_cluster.Database);
    }
}
