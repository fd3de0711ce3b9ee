using System.Text;
using Incidents.TestKit;
using Incidents.WebFront.Webhooks;

namespace Incidents.WebFront.Tests.Webhooks;

public sealed class BadBodyTests
{
    [Theory]
    [InlineData("bad/01_not_json.txt", "not_json")]
    [InlineData("bad/16_empty_body.json", "empty_body")]
    [InlineData("bad/21_truncated_json.json", "not_json")]
    public void A_body_that_is_no_JSON_is_rejected_whole(string fixture, string reason)
    {
        Assert.Null(Parse.Try(Fixtures.Read(fixture), out var why));
        Assert.Equal(reason, why.Text());
    }

    [Theory]
    [InlineData("[]", "no_alerts_array")]
    [InlineData("null", "no_alerts_array")]
    [InlineData("{}", "no_alerts_array")]
    [InlineData("""{"alerts":{}}""", "no_alerts_array")]
    [InlineData("""{"alerts":[]}x""", "not_json")]
    [InlineData("""{"alerts":[{"status":"firing"},]}""", "not_json")]
    [InlineData(" \r\n\t", "empty_body")]
    public void A_body_without_alerts_is_rejected_whole(string body, string reason)
    {
        Assert.Null(Parse.Try(Encoding.UTF8.GetBytes(body), out var why));
        Assert.Equal(reason, why.Text());
    }

    [Theory]
    [InlineData("1,2,3,4")]
    [InlineData("{},{},{},{},{},{},{}")]
    public void More_alerts_than_the_limit_reject_the_body_without_gathering_them(string alerts)
    {
        var options = new WebhookOptions { MaxAlerts = 3 };

        Assert.Null(Parse.Try(Encoding.UTF8.GetBytes($$"""{"alerts":[{{alerts}}]}"""), out var why, options));
        Assert.Equal("too_many_alerts", why.Text());
        Assert.NotNull(Parse.Try("""{"alerts":[1,2,3]}"""u8.ToArray(), out _, options));
    }

    [Fact]
    public void What_no_row_can_hold_stays_in_the_raw_payload_only()
    {
        var values = string.Join(',', Enumerable.Range(0, 5_000).Select(static i => $"\"k{i}\":{i}"));
        var name = new string('n', 70_000);

        var alert = Parse.One($$$"""{"status":"firing","labels":{"a":"b","{{{name}}}":"c"},"values":{ {{{values}}} }}""");

        Assert.Null(alert.Values);
        Assert.Equal("""{"a":"b","__only_in_raw_payload__":"1"}""", alert.Labels);
    }

    [Theory]
    [InlineData("bad/03_wrong_types.json", 0, "bad_status")]
    [InlineData("bad/06_alert_items_null_scalar_empty.json", 1,
        "not_an_object not_an_object not_an_object not_an_object bad_status")]
    [InlineData("bad/11_nul_and_control_chars_escaped.json", 1, "")]
    [InlineData("bad/13_invalid_utf8_bytes.json", 0, "invalid_utf8")]
    [InlineData("bad/15_injection_sql_slack_markup_urls.json", 1, "")]
    [InlineData("bad/18_empty_alerts_array.json", 0, "")]
    [InlineData("bad/20_absurd_times.json", 14, "")]
    [InlineData("bad/32_5000_labels.json", 1, "")]
    public void The_sound_alerts_of_a_bad_body_are_kept(string fixture, int accepted, string rejected)
    {
        var delivery = Parse.Fixture(fixture);

        Assert.Equal(accepted, Parse.Alerts(delivery).Count());
        Assert.Equal(rejected, string.Join(' ', delivery.Rejected.Select(static r => r.Reason.Text())));
    }

    [Fact]
    public void One_alert_too_deep_or_too_large_does_not_take_its_neighbours_with_it()
    {
        var deep = $$"""{"status":"firing","x":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}""";
        var large = $$"""{"status":"firing","x":"{{new string('x', 300_000)}}"}""";
        var lessDeep = $$"""{"status":"firing","x":{{new string('[', 64)}}{{new string(']', 64)}}}""";
        var deepest = $$"""{"status":"firing","x":{{new string('[', 63)}}{{new string(']', 63)}}}""";

        var delivery = Parse.Text($$"""{"alerts":[{{deep}},{"status":"firing"},{{large}},{{lessDeep}},{{deepest}}]}""");

        Assert.Equal([1, 4], Parse.Alerts(delivery).Select(static a => a.Position));
        Assert.Equal([RejectReason.AlertTooLarge.Text(), "too_deep"],
            delivery.Rejected.Select(static r => r.Reason.Text()).Skip(1));
    }

    [Fact]
    public void Any_mutation_of_a_body_is_read_or_cleanly_rejected()
    {
        var random = new Random(20261120);
        string[] fixtures = [.. Fixtures.Names("grafana").Concat(Fixtures.Names("bad")).Where(static f => !f.Contains("/13_huge", StringComparison.Ordinal))];
        byte[] nasty = [0x00, 0x22, 0x5B, 0x5D, 0x5C, 0x7B, 0x7D, 0x2C, 0x75, 0xFF, 0xC0, 0xED, 0x65, 0x39];
        for (var round = 0; round < 3000; round++)
        {
            var body = Fixtures.Read(fixtures[round % fixtures.Length]);
            for (var i = 0; body.Length > 0 && i < 1 + (round % 7); i++)
            {
                body[random.Next(body.Length)] = nasty[random.Next(nasty.Length)];
            }

            if (Parse.Try(body, out var reason) is { } delivery)
            {
                Assert.Equal(delivery.AlertCount, Parse.Alerts(delivery).Count() + delivery.Rejected.Count);
            }
            else
            {
                Assert.NotEmpty(reason.Text());
            }
        }
    }
}
