using System.Text.Json;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Webhooks;

public sealed class GrafanaFixtureTests
{
    public static TheoryData<string> Sound => [.. Fixtures.Names("grafana")];

    [Theory]
    [MemberData(nameof(Sound))]
    public void Every_alert_of_a_sound_body_is_accepted(string fixture)
    {
        using var body = JsonDocument.Parse(Fixtures.Read(fixture));

        var delivery = Parse.Fixture(fixture);

        Assert.Empty(delivery.Rejected);
        Assert.Equal(body.RootElement.GetProperty("alerts").GetArrayLength(), Parse.Alerts(delivery).Count());
    }

    [Theory]
    [MemberData(nameof(Sound))]
    public void Each_raw_payload_is_itself_a_body_that_gives_the_same_alert(string fixture)
    {
        foreach (var (_, batch) in Parse.Fixture(fixture).Batches)
        {
            foreach (var alert in batch.Alerts)
            {
                var again = Parse.Body(Parse.RawPayload(batch, alert)).Batches.Single().Batch;

                Assert.Equal(batch.Parts, again.Parts);
                Assert.Equal((batch.Group, batch.IsTest), (again.Group, again.IsTest));
                Assert.Equal(alert.Raw, again.Alerts.Single().Raw);
                Assert.Equal(alert.Labels, again.Alerts.Single().Labels);
            }
        }
    }

    [Fact]
    public void A_single_alert_is_read_whole()
    {
        var batch = Parse.Fixture("grafana/01_single_firing.json").Batches.Single().Batch;
        var alert = batch.Alerts.Single();

        Assert.Equal(new KeyParts("aeq3k2v7n1t4wd", "prod-apne2-a", "", "", ""), batch.Parts);
        Assert.Equal(AlertState.Firing, alert.State);
        Assert.Equal("179c543b57f181f8", alert.Fingerprint);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 2, 15, 30, TimeSpan.Zero), alert.StartsAt);
        Assert.Null(alert.EndsAt);
        Assert.Equal(("NodeCPUHigh", "critical"), (alert.AlertName, alert.Severity));
        Assert.Equal("CPU above 90% on ip-10-20-3-41", alert.Summary);
        Assert.Equal("""{"B":96.34521739130435,"C":1}""", alert.Values);
        Assert.False(batch.IsTest);
        Assert.Contains("\"title\":", System.Text.Encoding.UTF8.GetString(batch.Envelope.Tail), StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_over_two_clusters_goes_to_two_keys()
    {
        var batches = Parse.Fixture("grafana/02_grouped_two_clusters.json").Batches;

        Assert.Equal([("prod-apne2-a", 7), ("prod-apne2-b", 7)],
            batches.Select(static b => (b.Batch.Parts.Cluster, b.Batch.Alerts.Length)).Order());
        Assert.DoesNotContain("\"message\":", System.Text.Encoding.UTF8.GetString(batches[0].Batch.Envelope.Tail),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_alert_without_rule_uid_has_the_key_of_the_same_alert_with_one() => Assert.Equal(
        Parse.Fixture("grafana/01_single_firing.json").Batches.Single().Key,
        Parse.Fixture("grafana/18_no_rule_uid_generator_url_only.json").Batches.Single().Key);

    [Fact]
    public void Firing_alerts_of_a_key_come_before_resolved_ones_and_keep_their_positions()
    {
        foreach (var (_, batch) in Parse.Fixture("grafana/05_mixed_firing_resolved.json").Batches)
        {
            Assert.Equal(batch.Alerts.OrderBy(static a => a.State).ThenBy(static a => a.Position), batch.Alerts);
        }
    }

    [Fact]
    public void Grafanas_test_button_is_known_by_its_group_key() =>
        Assert.True(Parse.Fixture("grafana/09_test_notification.json").Batches.Single().Batch.IsTest);

    [Fact]
    public void Joiners_direction_marks_and_combining_marks_stay()
    {
        var alert = Parse.Alerts(Parse.Fixture("grafana/11_unicode_korean_emoji.json")).Single();

        Assert.Contains("👩‍👩‍👧", alert.Message, StringComparison.Ordinal);
        Assert.Contains("\u200FRTL\u200F", alert.Message, StringComparison.Ordinal);
        Assert.Contains("정산-배치", alert.Labels, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_hundred_alerts_are_stored_in_at_most_twice_their_bytes()
    {
        var body = Fixtures.Read("grafana/13_huge_200_alerts.json");

        Assert.InRange(Parse.StoredBytes(Parse.Body(body)), body.Length / 2, 2 * body.Length);
    }
}
