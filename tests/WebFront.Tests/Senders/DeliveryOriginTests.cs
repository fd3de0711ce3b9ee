using System.Net;
using Incidents.WebFront.Senders;
using Incidents.WebFront.Tests.Webhooks;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Tests.Senders;

public sealed class DeliveryOriginTests
{
    private static readonly IPAddress Remote = IPAddress.Parse("::ffff:10.0.0.7");

    [Theory]
    [InlineData("grafana/01_single_firing.json", "Grafana", "Grafana")]
    [InlineData("grafana/16_alertmanager_v4.json", "Alertmanager/0.27.0", "Alertmanager 0.27.0")]
    [InlineData("grafana/16_alertmanager_v4.json", "Grafana", "Grafana")]
    [InlineData("grafana/16_alertmanager_v4.json", "curl/8", "Alertmanager")]
    public void A_program_is_known_by_its_body_and_its_user_agent(string fixture, string userAgent, string expected)
    {
        var said = Parse.Fixture(fixture).Origin;

        var facts = PeerFacts.Of("a", Remote, userAgent, said);

        Assert.StartsWith(expected, $"{facts.Kind} {facts.Version}".Trim(), StringComparison.Ordinal);
        Assert.Equal("10.0.0.7", facts.Address);
        Assert.StartsWith("http", facts.ExternalUrl, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"version":"1","appVersion":"13.2.0","externalURL":"https://g/","orgId":7,"alerts":[]}""", "Grafana|13.2.0|https://g/|7")]
    [InlineData("""{"version":"1","alerts":[]}""", "Grafana|||")]
    [InlineData("""{"version":"4","orgId":1,"alerts":[]}""", "Grafana|||1")]
    [InlineData("""{"alerts":[]}""", "Unknown|||")]
    [InlineData("""{"version":1,"appVersion":[],"externalURL":{},"orgId":"x","alerts":[]}""", "Unknown|||")]
    [InlineData("""{"orgId":99999999999999999999,"alerts":[]}""", "Unknown|||")]
    [InlineData("""{"appVersion":"\u001b[2J12\u202e.1\n\n DROP \ud800","alerts":[]}""", "Grafana|[2J12.1 DROP \uFFFD||")]
    public void What_a_body_says_of_its_sender_is_read_in_one_clean_line(string body, string expected)
    {
        var said = Parse.Text(body).Origin;

        Assert.Equal(expected, $"{said.Kind}|{said.AppVersion}|{said.ExternalUrl}|{said.OrgId}");
    }

    [Theory]
    [InlineData(300)]
    [InlineData(3_000_000)]
    public void A_huge_version_and_address_are_cut_or_not_read(int length)
    {
        var huge = new string('9', length);

        var said = Parse.Text($$"""{"appVersion":"{{huge}}","externalURL":"{{huge}}","alerts":[]}""").Origin;

        Assert.InRange(said.AppVersion.Length, 0, DeliveryOrigin.MaxVersion);
        Assert.InRange(said.ExternalUrl.Length, 0, DeliveryOrigin.MaxUrl);
    }

    [Theory]
    [InlineData("Alertmanager/0.27.0 <script>")]
    [InlineData("Alertmanager/\u001b[2J")]
    [InlineData("Alertmanager/1111111111111111111111111111111111111111111111111111111111111111111111111111111111")]
    public void A_hostile_user_agent_has_no_version(string userAgent) =>
        Assert.Equal("", PeerFacts.Of("a", Remote, userAgent, Parse.Fixture("grafana/16_alertmanager_v4.json").Origin).Version);
}
