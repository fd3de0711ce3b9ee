using System.Diagnostics;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>All silos end without a word at once, as when their machine does; the table still calls them active. Beside
/// the clusters of other tests: most of its time it waits.</summary>
public sealed class CrashedClusterTests(ITestOutputHelper output) : IAsyncLifetime
{
    private RunningCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = new(await TestDatabase.Create());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Three_silos_that_were_killed_together_are_followed_by_three_others()
    {
        var (silos, webFronts) = await _cluster.Start(silos: 3, webFronts: 1, Cancel);
        await Task.WhenAll(silos.Select(static silo => silo.Send("KILL", Cancel)));
        var begun = Stopwatch.GetTimestamp();

        List<ServiceProcess> others = [_cluster.StartSilo(), _cluster.StartSilo(), _cluster.StartSilo()];
        await Task.WhenAll(others.Concat(webFronts).Select(static process => process.IsReady(Cancel)));

        output.WriteLine($"ready after {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s");
        Assert.All(await Task.WhenAll(silos.Select(_cluster.IsDeclaredDead)), Assert.True);
        Assert.Equal(3, await _cluster.ActiveSilos());
    }
}
