using System.Diagnostics;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>A new version is brought out: one silo after the other is asked to stop, and started anew.</summary>
[Collection(nameof(RunningCluster))]
public sealed class RollingRestartTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Senders = 16;
    private const int Between = 500;

    private static readonly TimeSpan FlowDeadline = TimeSpan.FromSeconds(60);

    private RunningCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = new(await TestDatabase.Create());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task No_webhook_is_refused_while_all_silos_are_restarted_one_by_one()
    {
        var (silos, webFronts) = await _cluster.Start(silos: 3, webFronts: 2, Cancel);
        await using var flow = new SenderFlow(webFronts, Senders, seed: 5);
        var begun = Stopwatch.GetTimestamp();
        foreach (var silo in silos)
        {
            await flow.Reached(flow.Ledger.Answered + Between, FlowDeadline, Cancel);
            var asked = Stopwatch.GetTimestamp();
            Assert.Equal(0, await silo.Stop(Cancel));
            output.WriteLine($"stopped within {Stopwatch.GetElapsedTime(asked).TotalSeconds:0.0} s");
            Assert.True(await _cluster.IsDeclaredDead(silo), "It left without a word.");
            await _cluster.StartSilo().IsReady(Cancel);
        }

        await flow.Reached(flow.Ledger.Answered + Between, FlowDeadline, Cancel);
        await flow.End();

        output.WriteLine($"{flow.Ledger.Answered} answers, the slowest after {flow.Ledger.SlowestAnswer.TotalSeconds:0.0} s, longest "
            + $"time without any {flow.Ledger.LongestSilence(begun).TotalSeconds:0.0} s");
        await flow.IsAccountedFor(_cluster.Database);
    }
}
