using Incidents.TestKit;
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
}
