using System.Net;
using Incidents.TestKit;
using Incidents.WebFront.Tests.Http;

namespace Incidents.WebFront.Tests.Live;

public sealed class ViewerLimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_more_than_may_watch_is_asked_to_come_again_and_comes_in_when_another_has_left()
    {
        await using var web = await RunningWebFront.Start(("Live:MaxViewers", "1"));
        var first = await Watch(web);
        using var second = await Watch(web);
        first.Dispose();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
        Assert.Contains("Live:MaxViewers", await second.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await Eventually.Holds("who comes later is let in", async () =>
        {
            using var later = await Watch(web);
            return later.StatusCode == HttpStatusCode.OK;
        }, TimeSpan.FromSeconds(20), Cancel);
    }

    private static Task<HttpResponseMessage> Watch(RunningWebFront web) =>
        web.Client.GetAsync("/api/live", HttpCompletionOption.ResponseHeadersRead, Cancel);
}
