using System.Net;
using System.Text;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests;

/// <summary>What the hosts show at <c>/metrics</c>, each a process of its own, equals what was sent to them.</summary>
internal static class Figures
{
    private const int Deliveries = 3;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    /// <param name="run">With one silo, and nobody else who sends.</param>
    public static async Task EqualWhatIsSent(RunScript run, Uri web, CancellationToken cancel)
    {
        await Eventually.Holds("run.sh says where its silo is", () => Task.FromResult(run.Silos.Count == 1), Soon, cancel);
        var silo = run.Silos.Single();
        var (webBefore, siloBefore) = (await Scrape.Of(web, cancel), await Scrape.Of(silo, cancel));

        using var client = new HttpClient { BaseAddress = web };
        for (var i = 0; i < Deliveries; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await Post(client, """{"alerts":[{"status":"firing","fingerprint":"a"},{"status":"on fire"}]}""", cancel));
        }

        Assert.Equal(HttpStatusCode.BadRequest, await Post(client, "[]", cancel));

        var (webAfter, siloAfter) = (await Scrape.Of(web, cancel), await Scrape.Of(silo, cancel));
        Equal(webBefore, webAfter, Deliveries, "incidents_deliveries_accepted_total", "sender=\"grafana\"");
        Equal(webBefore, webAfter, Deliveries, "incidents_alerts_accepted_total", "sender=\"grafana\"");
        Equal(webBefore, webAfter, Deliveries, "incidents_alerts_rejected_total", "reason=\"bad_status\"");
        Equal(webBefore, webAfter, Deliveries, "incidents_alerts_rejected_total");
        Equal(webBefore, webAfter, 1, "incidents_deliveries_refused_total", "reason=\"no_alerts_array\"");
        Equal(webBefore, webAfter, 1, "incidents_deliveries_refused_total");
        Equal(webBefore, webAfter, Deliveries + 1, "http_server_request_duration_seconds_count", "http_route=\"/webhook/grafana\"");
        Equal(siloBefore, siloAfter, Deliveries, "incidents_alerts_stored_total");
        Equal(siloBefore, siloAfter, 1, "incidents_alerts_stored_total", "reason=\"new\"");
        Equal(siloBefore, siloAfter, Deliveries, "incidents_commit_duration_seconds_count");
        Equal(siloBefore, siloAfter, Deliveries, "incidents_packet_alerts_sum");
        Equal(siloBefore, siloAfter, 0, "incidents_fence_lost_total");
        Assert.Equal((0, 0), (webAfter.Sum("incidents_deliveries_under_way"), siloAfter.Sum("incidents_alerts_waiting")));
    }

    private static void Equal(Scrape before, Scrape after, double sent, string figure, params string[] labels) =>
        Assert.True(
            after.Sum(figure, labels) - before.Sum(figure, labels) == sent,
            $"{figure}{{{string.Join(',', labels)}}} went from {before.Sum(figure, labels)} to {after.Sum(figure, labels)}, but {sent} were sent.");

    private static async Task<HttpStatusCode> Post(HttpClient client, string body, CancellationToken cancel)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/webhook/grafana", UriKind.Relative), content, cancel);
        return answer.StatusCode;
    }
}
