using Incidents.Grains.Slack.Card;
using Xunit;

namespace Incidents.Grains.Tests.Slack.Card;

public sealed class DiscreetTests
{
    [Theory]
    [InlineData("Post \"http://prometheus-b:9090/api/v1\": refused", "Post \"[host]\": refused")]
    [InlineData("dial tcp 10.30.0.12:9090, 10.30.0.13", "dial tcp [host], [host]")]
    [InlineData("[fe80::1%eth0]:53 ::1 2001:db8:0:0:0:0:0:1", "[host] [host] [host]")]
    [InlineData("lookup db.prod.internal on kube-dns:53", "lookup [host] on [host]")]
    [InlineData("postgres://root:secret@db/x on ip-10-20-3-41", "[host] on [host]")]
    [InlineData("tcp:mysql-0.mysql.svc.cluster.local", "tcp:[host]")]
    public void Hosts_of_the_inside_are_not_told(string summary, string told) => Assert.Equal(told, Told(summary, error: ""));

    [Theory]
    [InlineData("Payment error rate is [no value]%")]
    [InlineData("7.25% since 12:30:45, v1.2, 3/4 of A:1")]
    [InlineData("결제 오류율: 5.1, e.g. 10.5.")]
    public void What_names_no_host_stays(string summary) => Assert.Equal(summary, Told(summary, error: "timeout"));

    [Fact]
    public void A_name_that_the_error_calls_a_host_is_not_told_elsewhere_either() => Assert.Equal(
        "[host] is down, prometheus-apne2-b2 and cache1 are not, [host] is",
        Told(
            "prometheus-apne2-b is down, prometheus-apne2-b2 and cache1 are not, vault is",
            "Post \"http://Prometheus-apne2-b:9090/q\": lookup vault: no such host"));

    [Fact]
    public void An_alert_that_is_no_error_of_a_datasource_is_told_whole() =>
        Assert.Equal("http://shop.example.com is slow", Discreet.Of(Cards.Critical with { Summary = "http://shop.example.com is slow" }).Summary);

    [Fact]
    public void A_message_without_a_style_is_discreet()
    {
        var facts = Cards.Critical with { DatasourceError = "dial tcp 10.30.0.12:9090", Title = "10.30.0.12 down", Summary = "at 10.30.0.12" };

        Assert.DoesNotContain("10", CardRenderer.Line(facts).Split(facts.Id.Value)[0], StringComparison.Ordinal);
        Assert.DoesNotContain("10.30", CardPicture.Of(CardRenderer.Pointer(facts)), StringComparison.Ordinal);
    }

    private static string Told(string summary, string error) => Discreet.Of(Cards.Critical with { Summary = summary, DatasourceError = error }).Summary;
}
