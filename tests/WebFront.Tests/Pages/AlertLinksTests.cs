using Incidents.WebFront.Pages;

namespace Incidents.WebFront.Tests.Pages;

public sealed class AlertLinksTests
{
    [Theory]
    [InlineData("https://grafana.example/d/1", true)]
    [InlineData("http://g:3000/alerting/grafana/abc/view?orgId=1", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData(" javascript:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("//evil.example/x", false)]
    [InlineData("/relative", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https://admin:hunter2@grafana.example/", false)]
    [InlineData("https://grafana.example@evil.example/", false)]
    [InlineData("", false)]
    public void Only_what_a_browser_opens_as_a_page_is_a_link(string url, bool safe) => Assert.Equal(safe, AlertLinks.IsSafe(url));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"alerts\":[]}")]
    [InlineData("{\"alerts\":[{\"annotations\":5,\"panelURL\":{}}]}")]
    public void A_payload_without_links_has_none(string payload) => Assert.Empty(AlertLinks.Of(payload));

    [Fact]
    public void A_link_that_is_no_text_leaves_the_others()
    {
        var links = AlertLinks.Of("{\"alerts\":[{\"panelURL\":\"http://x/\\ud800\",\"dashboardURL\":\"http://g/d\"}]}");

        Assert.Equal("http://g/d", Assert.Single(links).Url);
    }
}
