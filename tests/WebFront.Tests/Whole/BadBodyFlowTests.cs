using System.Net;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>The only tests of the shared system that have something rejected: they look at what is new there.</summary>
public sealed class BadBodyFlowTests(SharedSystem shared)
{
    /// <summary>File, status, reason of the whole body, reasons of single alerts, alerts stored.</summary>
    public static TheoryData<string, int, string, string, int> Bodies => new()
    {
        { "01_not_json.txt", 400, "not_json", "", 0 },
        { "03_wrong_types.json", 400, "nothing_usable", "bad_status", 0 },
        { "06_alert_items_null_scalar_empty.json", 200, "",
            "not_an_object not_an_object not_an_object not_an_object bad_status", 1 },
        { "11_nul_and_control_chars_escaped.json", 200, "", "", 1 },
        { "13_invalid_utf8_bytes.json", 400, "nothing_usable", "invalid_utf8", 0 },
        { "15_injection_sql_slack_markup_urls.json", 200, "", "", 1 },
        { "16_empty_body.json", 400, "empty_body", "", 0 },
        { "18_empty_alerts_array.json", 200, "", "", 0 },
        { "20_absurd_times.json", 200, "", "", 14 },
        { "21_truncated_json.json", 400, "not_json", "", 0 },
        { "32_5000_labels.json", 200, "", "", 1 },
    };

    [Fact]
    public void No_fixture_is_left_out() => Assert.Equal(
        Fixtures.Names("bad"), Bodies.Select(static row => $"bad/{row.Data.Item1}").Order());

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_body_is_answered_shortly_kept_for_people_and_harms_nothing(
        string file, int status, string reason, string rejected, int stored)
    {
        var system = await shared.Get();
        var body = Vary.Fixture($"bad/{file}", Vary.NewName());
        var before = await system.Database.Read<long>("SELECT COALESCE(MAX(rejected_id), 0) FROM rejected_deliveries");

        var reply = await system.Post(body);

        Assert.Equal((status, rejected, stored), ((int)reply.Status, reply.Rejected, reply.Results.Count));
        Assert.Equal(stored, (await StoredAlert.Of(system, reply.Keys.DefaultIfEmpty("none"))).Count);
        var kept = (await system.Database.Rows("SELECT reason, body FROM rejected_deliveries WHERE rejected_id > ? ORDER BY rejected_id", before))
            .Select(static row => ((string)row[0]!, (byte[])row[1]!)).ToList();
        Assert.Equal(rejected.Length > 0 || status == 200 ? rejected : reason, string.Join(' ', kept.Select(static row => row.Item1)));
        Assert.All(kept, row => Assert.True(body.AsSpan().IndexOf(row.Item2) >= 0));
        if (status != 200)
        {
            Assert.Equal(reason, JsonDocument.Parse(reply.Text).RootElement.GetProperty("reason").GetString());
            Assert.InRange(reply.Text.Length, 1, 1024);
        }
    }

    [Fact]
    public async Task Hostile_text_is_stored_as_it_came_and_never_answered()
    {
        var system = await shared.Get();
        var body = Vary.Fixture("bad/15_injection_sql_slack_markup_urls.json", Vary.NewName());
        var sent = JsonDocument.Parse(body).RootElement.GetProperty("alerts")[0];

        var reply = await system.Accept(body);

        Assert.All((string[])["<", "@", "channel", "script", "evil", "DROP"], text => Assert.DoesNotContain(text, reply.Text, StringComparison.Ordinal));
        var row = Assert.Single(await StoredAlert.Of(system, reply.Keys));
        Assert.Equal(sent.GetRawText(), row.Element);
        Assert.Equal(sent.GetProperty("labels").GetProperty("alertname").GetString(),
            JsonDocument.Parse(row.Labels).RootElement.GetProperty("alertname").GetString());
        using var detail = await system.Client.GetAsync(new Uri($"/api/incidents/{reply.IncidentId}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (detail.StatusCode, detail.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Absurd_times_begin_no_incident_before_yesterday_or_after_now()
    {
        var system = await shared.Get();

        var reply = await system.Accept("bad/20_absurd_times.json", Vary.NewName());

        Assert.Equal(0, await system.Database.Read<int>(
            $"SELECT COUNT(*) FROM incidents WHERE incident_key IN ({StoredAlert.In(reply.Keys)}) "
            + "AND NOT start_time BETWEEN first_seen_at - INTERVAL 1 DAY AND first_seen_at"));
    }

    [Fact]
    public async Task Of_five_thousand_labels_the_telling_ones_are_kept_and_the_rest_stays_in_the_payload()
    {
        var system = await shared.Get();

        var reply = await system.Accept("bad/32_5000_labels.json", Vary.NewName());

        var row = Assert.Single(await StoredAlert.Of(system, reply.Keys));
        var labels = JsonDocument.Parse(row.Labels).RootElement;
        Assert.InRange(labels.EnumerateObject().Count(), 256, 270);
        Assert.True(labels.TryGetProperty("__only_in_raw_payload__", out _));
        Assert.InRange(JsonDocument.Parse(row.Element).RootElement.GetProperty("labels").EnumerateObject().Count(), 5000, 6000);
    }
}
