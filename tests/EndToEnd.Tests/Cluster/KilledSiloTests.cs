using System.Diagnostics;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>Silos end without a word: <c>kill -9</c> at a random moment.</summary>
[Collection(nameof(RunningCluster))]
public sealed class KilledSiloTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Kills = 3;
    private const int Senders = 16;
    private const int AnswersPerKill = 5_000;

    private static readonly TimeSpan GoesOnWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FlowDeadline = TimeSpan.FromSeconds(60);

    private RunningCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = new(await TestDatabase.Create());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Every_2xx_is_stored_once_and_nothing_refused_when_one_of_three_silos_is_killed()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (silos, webFronts) = await _cluster.Start(silos: 3, webFronts: 2, Cancel);
        await using var flow = new SenderFlow(webFronts, Senders, seed);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var begun = flow.Ledger.Answered;
            await flow.Reached(begun + random.Next(100, AnswersPerKill / 2), FlowDeadline, Cancel);
            var victim = silos[random.Next(silos.Count)];
            var killed = Stopwatch.GetTimestamp();
            await victim.Send("KILL", Cancel);
            await flow.Reached(begun + AnswersPerKill, FlowDeadline, Cancel);

            var silence = flow.Ledger.LongestSilence(killed);
            output.WriteLine($"kill {kill}: longest time without an answer {silence.TotalSeconds:0.0} s");
            Assert.InRange(silence, TimeSpan.Zero, GoesOnWithin);
            Assert.Empty(flow.Ledger.Refusals);

            silos[silos.IndexOf(victim)] = _cluster.StartSilo();
            await IsWhole(victim);
        }

        await flow.End();
        output.WriteLine($"{flow.Ledger.Answered} answers, the slowest after {flow.Ledger.SlowestAnswer.TotalSeconds:0.0} s");
        await flow.IsAccountedFor(_cluster.Database);
    }

    private Task IsWhole(ServiceProcess victim) => Eventually.Holds(
        "the dead silo is known to be dead and a third one has joined",
        async () => await _cluster.IsDeclaredDead(victim) && await _cluster.ActiveSilos() == 3,
        TimeSpan.FromSeconds(60),
        Cancel);
}
