using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

public sealed class GrafanaFlowTests(SharedSystem shared)
{
    /// <summary>File, alerts, incident keys.</summary>
    public static TheoryData<string, int, int> Bodies => new()
    {
        { "01_single_firing", 1, 1 },
        { "02_grouped_two_clusters", 14, 2 },
        { "03_resolved", 1, 1 },
        { "05_mixed_firing_resolved", 4, 2 },
        { "08_datasource_error", 1, 1 },
        { "09_test_notification", 1, 1 },
        { "11_unicode_korean_emoji", 1, 1 },
        { "13_huge_200_alerts", 200, 2 },
        { "16_alertmanager_v4", 2, 1 },
        { "18_no_rule_uid_generator_url_only", 1, 1 },
        { "25_repeat_notification_4h_later", 1, 1 },
        { "26_ha_duplicate_15s_later", 1, 1 },
        { "27_refire_same_fingerprint_new_startsAt", 1, 1 },
        { "28_empty_group_by_two_rules_mixed_severity", 2, 2 },
    };

    [Fact]
    public void No_fixture_is_left_out() => Assert.Equal(
        Fixtures.Names("grafana"), Bodies.Select(static row => $"grafana/{row.Data.Item1}.json").Order());

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Each_alert_of_a_sound_body_is_stored_as_it_came(string file, int alerts, int keys)
    {
        var system = await shared.Get();
        var body = Vary.Fixture($"grafana/{file}.json", Vary.NewName());
        var sent = JsonDocument.Parse(body).RootElement.GetProperty("alerts");

        var reply = await system.Accept(body);

        Assert.Equal((alerts, keys, ""), (reply.Results.Count, reply.Keys.Count, reply.Rejected));
        var stored = await StoredAlert.Of(system, reply.Keys);
        Assert.Equal(Enumerable.Range(0, alerts), stored.Select(static row => row.Position).Order());
        foreach (var row in stored)
        {
            var element = sent[row.Position];
            Assert.Equal(element.GetRawText(), row.Element);
            Assert.Equal(element.GetProperty("status").GetString(), row.State);
            Assert.Equal(element.GetProperty("fingerprint").GetString(), row.Fingerprint);
            Assert.Equal(Texts(element.GetProperty("labels")), Texts(JsonDocument.Parse(row.Labels).RootElement));
            Assert.Equal(Texts(element.GetProperty("annotations")), Texts(JsonDocument.Parse(row.Annotations).RootElement));
            Assert.Equal(reply.Results.Single(r => r.Index == row.Position).IncidentId, row.IncidentId);
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_stored_payload_can_be_posted_again(string file, int alerts, int keys)
    {
        var system = await shared.Get();
        var first = await system.Accept($"grafana/{file}.json", Vary.NewName());
        Assert.Equal((alerts, keys), (first.Results.Count, first.Keys.Count));

        foreach (var row in (await StoredAlert.Of(system, first.Keys)).Take(3))
        {
            var again = await system.Accept(System.Text.Encoding.UTF8.GetBytes(row.RawPayload));

            Assert.Equal(row.IncidentId[^16..], again.Keys.Single());
            Assert.Equal(row.Element, (await StoredAlert.Of(system, again.Keys))[^1].Element);
        }
    }

    [Fact]
    public async Task An_alert_counts_by_its_own_status_not_by_its_groups()
    {
        var system = await shared.Get();

        var reply = await system.Accept("grafana/05_mixed_firing_resolved.json", Vary.NewName());

        foreach (var key in reply.Keys)
        {
            Assert.Equal("active//2", Assert.Single(await Episodes.Of(system, key)));
            Assert.Equal(1, await system.Database.Read<int>("SELECT firing_count FROM incidents WHERE incident_key = ?", key));
        }
    }

    [Fact]
    public async Task A_test_notification_is_marked_and_gets_an_end()
    {
        var system = await shared.Get();

        var reply = await system.Accept("grafana/09_test_notification.json", Vary.NewName());

        Assert.Equal(1, await system.Database.Read<int>(
            "SELECT is_test AND TIMESTAMPDIFF(SECOND, first_seen_at, due_at) = 600 FROM incidents WHERE incident_id = ?",
            reply.IncidentId));
    }

    [Fact]
    public async Task An_alertmanager_body_is_the_same_on_both_paths()
    {
        var system = await shared.Get();
        var name = Vary.NewName();
        var body = Vary.Fixture("grafana/16_alertmanager_v4.json", name);

        var grafana = await system.Accept(body);
        var alertmanager = await system.Accept(body, "/webhook/alertmanager");

        Assert.Equal(grafana.Keys, alertmanager.Keys);
        Assert.Equal("active//4", Assert.Single(await Episodes.Of(system, grafana.Keys.Single())));
    }

    [Fact]
    public async Task Severities_of_a_mixed_group_stay_with_their_rules()
    {
        var system = await shared.Get();

        var reply = await system.Accept("grafana/28_empty_group_by_two_rules_mixed_severity.json", Vary.NewName());

        Assert.Equal(["critical", "warning"], (await system.Database.Rows(
            $"SELECT severity FROM incidents WHERE incident_key IN ({StoredAlert.In(reply.Keys)}) ORDER BY severity"))
            .Select(static row => (string)row[0]!));
    }

    private static SortedDictionary<string, string> Texts(JsonElement map) =>
        new(map.EnumerateObject().ToDictionary(static m => m.Name, static m => m.Value.GetString()!), StringComparer.Ordinal);
}
