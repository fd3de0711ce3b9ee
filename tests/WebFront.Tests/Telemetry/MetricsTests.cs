using Incidents.TestKit;
using Incidents.WebFront.Tests.Slack;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Telemetry;

/// <summary>Several hosts share this process and its figures; that these are exact is tested with processes of their own,
/// in EndToEnd.Tests.</summary>
public sealed class MetricsTests(SharedSystem shared)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_text_that_somebody_sent_becomes_a_figure()
    {
        var system = await shared.Get();
        await system.Accept(Hostile.Body(Vary.NewName()));
        await system.Post(Hostile.Body(Vary.NewName()), $"/webhook/{Hostile.Mark}");
        using var request = new HttpRequestMessage(new HttpMethod(Hostile.Mark.ToUpperInvariant()), $"/api/incidents/{Hostile.Mark}?{Hostile.Mark}=1");
        request.Headers.UserAgent.ParseAdd(Hostile.Mark);
        using var answer = await system.Client.SendAsync(request, Cancel);

        foreach (var host in (Uri[])[system.Client.BaseAddress!, system.SiloUrl])
        {
            Assert.DoesNotContain(Hostile.Mark, (await Scrape.Of(host, Cancel)).Text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Each_figure_that_a_dashboard_or_a_rule_names_is_one_that_a_host_shows()
    {
        await using var told = new PressedSystem();
        await told.InitializeAsync();
        var system = told.System;
        await system.Accept("grafana/01_single_firing.json", Vary.NewName());
        await Within.Deadline("Slack is told", async () =>
            await system.Database.Read<int>("SELECT COUNT(*) FROM notifications WHERE state = 'sent'") > 0);
        var shown = (await Scrape.Of(system.Client.BaseAddress!, Cancel)).Names
            .Concat((await Scrape.Of(system.SiloUrl, Cancel)).Names).ToHashSet();

        var named = NamedFigures.OfDeploy();

        Assert.True(named.Count > 20, "The files in deploy/ name hardly any figure: are they read?");
        Assert.All(named, figure => Assert.True(shown.Contains(figure.Name), $"{figure.File} names {figure.Name}, which no host shows."));
    }
}
