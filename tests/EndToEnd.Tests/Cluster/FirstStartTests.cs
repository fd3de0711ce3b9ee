using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>The very first start, on a schema without a table.</summary>
[Collection(nameof(RunningCluster))]
public sealed class FirstStartTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly object Body = new
    {
        version = "1",
        alerts = new[] { new { status = "firing", labels = new { alertname = "First", service = "shop" }, fingerprint = "00000000000000a1" } },
    };

    private RunningCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = new(await TestDatabase.CreateEmpty());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Three_silos_started_at_once_become_one_cluster(int time)
    {
        var begun = Stopwatch.GetTimestamp();
        ServiceProcess[] silos = [_cluster.StartSilo(), _cluster.StartSilo(), _cluster.StartSilo()];
        output.WriteLine($"started within {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:0} ms"); // 100, unless the machine is busy

        await Task.WhenAll(silos.Select(static silo => silo.IsReady(Cancel)));

        Assert.Equal((time, 3), (time, await _cluster.ActiveSilos()));
    }

    [Fact]
    public async Task WebFront_listens_while_no_silo_is_there_and_what_comes_meanwhile_is_stored_when_one_comes()
    {
        var web = _cluster.StartWebFront();
        await Eventually.Holds(
            "WebFront listens, and takes alerts although nobody stores them",
            async () => await web.Health("/health/ready", Cancel) == HttpStatusCode.OK,
            TimeSpan.FromSeconds(30),
            Cancel);
        using var http = new HttpClient { BaseAddress = web.Url };
        var answers = Enumerable.Range(0, 16)
            .Select(_ => http.PostAsJsonAsync(new Uri("/webhook/grafana", UriKind.Relative), Body, Cancel)).ToList();

        await _cluster.StartSilo().IsReady(Cancel);

        // 200 or, from those that waited longer than Spool:After, 202.
        Assert.All(await Task.WhenAll(answers), static answer => Assert.True(answer.IsSuccessStatusCode));
        await web.IsReady(Cancel);
        Assert.Equal(16, await _cluster.Database.Read<int>("SELECT COUNT(*) FROM grafana_alerts"));
        await Audit.IsSound(_cluster.Database);
    }
}
