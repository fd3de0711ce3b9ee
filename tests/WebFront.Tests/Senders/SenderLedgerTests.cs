using System.Net;
using Incidents.WebFront.Senders;
using Incidents.WebFront.Tests.Webhooks;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Tests.Senders;

public sealed class SenderLedgerTests
{
    private static readonly DateTimeOffset Noon = Parse.Now;

    private readonly SenderLedger _ledger = new(Options.Create(new SenderLedgerOptions { MaxPeers = 2 }));

    [Fact]
    public void A_flood_of_made_up_addresses_is_one_peer_beyond_the_limit()
    {
        for (var i = 0; i < 1000; i++)
        {
            Delivers(Noon.AddSeconds(i), externalUrl: $"https://{i}/");
        }

        var taken = _ledger.Take();
        Assert.Equal([1L, 1L, 998L], taken.Select(static one => one.Deliveries).Order());
        Assert.Equal("  Unknown", Described(taken.Single(static one => one.Peer == PeerTally.Other)));
    }

    [Fact]
    public void A_peer_keeps_its_place_until_it_is_unheard_for_an_hour()
    {
        Delivers(Noon, externalUrl: "https://1/");
        Delivers(Noon.AddMinutes(30), externalUrl: "https://2/");
        Delivers(Noon.AddMinutes(59), externalUrl: "https://3/");
        Delivers(Noon.AddMinutes(61), externalUrl: "https://4/");

        Assert.Equal(
            ["10.0.0.1 https://1/ Grafana", "10.0.0.1 https://2/ Grafana", "  Unknown", "10.0.0.1 https://4/ Grafana"],
            _ledger.Take().Select(Described));
    }

    [Fact]
    public void What_could_not_be_written_is_in_the_next_with_the_latest_description()
    {
        Delivers(Noon, version: "12.4");
        var notWritten = _ledger.Take();
        Assert.Empty(_ledger.Take());
        Delivers(Noon.AddSeconds(1), version: "13.0");

        _ledger.Return(notWritten);

        var tally = Assert.Single(_ledger.Take());
        Assert.Equal((2, Noon, Noon.AddSeconds(1), "13.0"), (tally.Deliveries, tally.First, tally.Last, tally.Facts.Version));
    }

    [Fact]
    public void Alerts_rejections_truncation_and_the_second_of_a_pair_are_counted()
    {
        const string Alerts = """{"status":"firing","fingerprint":"a"},{"status":"broken"}""";
        Delivers(Noon, alerts: Alerts, truncated: 3);
        Delivers(Noon.AddSeconds(15), alerts: Alerts, truncated: 3, address: "10.0.0.2");

        var taken = _ledger.Take().OrderBy(static one => one.Last).ToList();

        Assert.All(taken, static one => Assert.Equal((1, 2, 1, 1), (one.Deliveries, one.Alerts, one.Rejected, one.Truncated)));
        Assert.Equal([0, 1], taken.Select(static one => one.Duplicates));
    }

    private void Delivers(
        DateTimeOffset at,
        string externalUrl = "https://g/",
        string version = "13.0",
        string alerts = "",
        int truncated = 0,
        string address = "10.0.0.1")
    {
        var delivery = Parse.Text(
            $$"""{"version":"1","appVersion":"{{version}}","externalURL":"{{externalUrl}}","truncatedAlerts":{{truncated}},"alerts":[{{alerts}}]}""");
        var arrival = Arrival.Of(WebhookSource.Grafana, "team-a", at, TimeSpan.FromSeconds(25));
        _ledger.OnDelivery(delivery with { Arrival = arrival }, IPAddress.Parse(address), "Grafana");
    }

    private static string Described(PeerTally tally) => $"{tally.Facts.Address} {tally.Facts.ExternalUrl} {tally.Facts.Kind}";
}
