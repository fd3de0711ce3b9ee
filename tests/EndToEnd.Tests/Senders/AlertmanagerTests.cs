using System.Diagnostics;
using Incidents.EndToEnd.Tests.Cluster;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Senders;

/// <summary>Alertmanager repeats what it could not bring, so nothing is lost while we are away.</summary>
public sealed class AlertmanagerTests : IAsyncLifetime
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Arrives = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("incidents-alertmanager.").FullName;
    private RunningCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string TokenFile => Path.Combine(_folder, "token");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(TokenFile, "0123456789abcdef0123456789abcdef\n", Cancel);
        _cluster = new(await TestDatabase.Create());
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_alert_opens_its_incident_and_closes_it_though_we_were_away_for_20_s_when_it_ended()
    {
        var port = FreePort.Next();
        var (silo, web) = await StartService(port);
        using var sender = await Alertmanager.Start(_cluster, web.Url, _folder, TokenFile, Cancel);
        var started = TimeProvider.System.GetUtcNow();

        await sender.Post(Alert(started, null), Cancel);
        await IsIncident("active/");

        await web.Stop(Cancel);
        await silo.Stop(Cancel);
        var away = Stopwatch.GetTimestamp();
        await sender.Post(Alert(started, TimeProvider.System.GetUtcNow()), Cancel);
        await Eventually.Holds(
            "Alertmanager has failed to reach us again and again for 20 s",
            async () => Stopwatch.GetElapsedTime(away) > Away && await sender.FailedTries(Cancel) >= 3,
            Arrives,
            Cancel);
        Assert.Equal(1, await _cluster.Database.Read<int>("SELECT COUNT(*) FROM grafana_alerts"));

        await StartService(port);
        await IsIncident("resolved/auto");
        Assert.Equal(2, await _cluster.Database.Read<int>("SELECT COUNT(*) FROM grafana_alerts"));
        await Audit.IsSound(_cluster.Database);
    }

    private static object Alert(DateTimeOffset startsAt, DateTimeOffset? endsAt) => new
    {
        labels = new { alertname = "DiskFull", cluster = "prod", service = "db", severity = "critical" },
        annotations = new { summary = "The disk of db-1 is full" },
        startsAt,
        endsAt = endsAt ?? startsAt.AddHours(1),
    };

    private async Task<(ServiceProcess Silo, ServiceProcess Web)> StartService(int port)
    {
        var silo = _cluster.StartSilo();
        var web = _cluster.StartWebFront(port, ("Webhooks:TokenFile", TokenFile));
        await Task.WhenAll(silo.IsReady(Cancel), web.IsReady(Cancel));
        return (silo, web);
    }

    /// <param name="expected">Its status and how it was resolved.</param>
    private Task IsIncident(string expected) => Eventually.Holds(
        $"there is one incident, {expected}",
        async () => await _cluster.Database.Rows("SELECT CONCAT(status, '/', COALESCE(resolution, '')) FROM incidents") is [var row]
            && expected.Equals(row[0]),
        Arrives,
        Cancel);
}
