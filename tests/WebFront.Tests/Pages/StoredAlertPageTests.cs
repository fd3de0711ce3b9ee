using System.Text;
using System.Text.RegularExpressions;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Pages;

public sealed partial class StoredAlertPageTests(SharedSystem shared)
{
    [Fact]
    public async Task The_exact_bytes_of_an_alert_can_be_downloaded_and_posted_again()
    {
        var system = await shared.Get();
        var reply = await system.Accept(Encoding.UTF8.GetBytes(
            """{"version":"1","groupKey":"{}:{}","alerts":[ {"status":"firing", "fingerprint":"00000000000000c1","startsAt":"2026-11-20T02:15:30Z","labels":{"alertname":"Exact","cluster":"page-exact","n":"1.50","ü":"\u00fc <b>"}}]}"""));
        var page = await system.Visit($"/incidents/{reply.IncidentId}");
        var address = AlertAddress().Match(page.Html).Value;

        var alert = await system.Visit(address);
        using var download = await system.Client.GetAsync(new Uri($"{address}/download", UriKind.Relative), TestContext.Current.CancellationToken);
        var bytes = await download.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var stored = (await system.Read($"/api/incidents/{reply.IncidentId}/alerts?raw=true")).GetProperty("alerts")[0].GetProperty("raw_payload").GetString();

        Assert.Equal(stored, Encoding.UTF8.GetString(bytes));
        Assert.Contains("{\"status\":\"firing\", \"fingerprint\"", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal("application/json", download.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains(stored!, System.Net.WebUtility.HtmlDecode(alert.Html), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>\"", alert.Html, StringComparison.Ordinal);

        var asked = await system.Visit($"{address}/again");
        var once = await asked.Send(system, "/again");
        var twice = await asked.Send(system, "/again");
        Assert.Contains("Posted again: repeated", once.Text, StringComparison.Ordinal);
        Assert.Contains(reply.IncidentId, twice.Text, StringComparison.Ordinal);
        var alerts = await system.Read($"/api/incidents/{reply.IncidentId}/alerts");
        Assert.Equal(["replay", "grafana"], alerts.Texts("alerts", "sender"));
        Assert.Equal(
            ["local post_again stored", "local post_again duplicate"],
            (await system.Database.Rows("SELECT CONCAT_WS(' ', via, action, outcome) FROM audit WHERE target = ? ORDER BY audit_id", reply.IncidentId))
                .ConvertAll(static row => (string)row[0]!));
    }

    [GeneratedRegex("/incidents/[^/\"]+/alerts/[0-9]+(?=\")")]
    private static partial Regex AlertAddress();
}
