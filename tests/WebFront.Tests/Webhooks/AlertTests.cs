using System.Text.Json;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Tests.Webhooks;

public sealed class AlertTests
{
    [Fact]
    public void An_alert_needs_nothing_but_a_status()
    {
        var delivery = Parse.Text("""{"alerts":[{"status":"firing"}]}""");
        var alert = Parse.Alerts(delivery).Single();

        Assert.Equal(("", "", "", ""), (alert.AlertName, alert.Severity, alert.Summary, alert.Message));
        Assert.Equal(("{}", "{}", null), (alert.Labels, alert.Annotations, alert.Values));
        Assert.Equal(16, alert.Fingerprint.Length);
        Assert.Equal(IncidentKey.Of(new("", "", "", "", "")), delivery.Batches.Single().Key);
    }

    [Fact]
    public void Alerts_given_twice_all_count()
    {
        var delivery = Parse.Text("""{"alerts":[{"status":"firing"}],"alerts":[{"status":"resolved"}]}""");

        Assert.Equal([0, 1], Parse.Alerts(delivery).Select(static a => a.Position));
    }

    [Fact]
    public void Numbers_and_booleans_become_text_and_nothing_else_does() => Assert.Equal(
        """{"a":"1.50","b":"true","e":"x"}""",
        Parse.One("""{"status":"firing","labels":{"a":1.50,"b":true,"c":null,"d":{"x":[1]},"e":"x","f":[]}}""").Labels);

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character_and_a_pair_stays() => Assert.Equal(
        "{\"a\":\"\uFFFDx\uFFFD\uFFFD😀\\\"\\\\/\\n\"}",
        Parse.One("""{"status":"firing","labels":{"a":"\ud800x\udc00\ud83d\ud83d\ude00\"\\\/\n"}}""").Labels);

    [Fact]
    public void Control_characters_and_bidi_overrides_are_stripped()
    {
        var alert = Parse.Alerts(Parse.Fixture("bad/11_nul_and_control_chars_escaped.json")).Single();

        Assert.Equal("abc[31mred[0mgnp.exe", alert.Summary);
        Assert.Contains("\"cluster\":\"prodapne2\"", alert.Labels, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_beyond_the_limit_are_counted_and_the_known_ones_kept()
    {
        var labels = string.Join(',', Enumerable.Range(0, 300).Select(static i => $"\"l{i}\":\"{i}\""));
        var alert = Parse.One($$$"""{"status":"firing","labels":{{{{labels}}},"cluster":"c","severity":"error"}}""");

        using var kept = JsonDocument.Parse(alert.Labels);
        Assert.Equal("error", alert.Severity);
        Assert.Equal("c", kept.RootElement.GetProperty("cluster").GetString());
        Assert.Equal("44", kept.RootElement.GetProperty("__only_in_raw_payload__").GetString());
        Assert.Equal(256 + 2 + 1, kept.RootElement.EnumerateObject().Count());
    }

    [Fact]
    public void Long_text_is_cut_between_graphemes()
    {
        var family = "👩‍👩‍👧";
        var name = new string('x', 250) + family;

        Assert.Equal(new string('x', 250), Parse.One($$$"""{"status":"firing","labels":{"alertname":"{{{name}}}"}}""").AlertName);
    }

    [Fact]
    public void Only_finite_numbers_are_values() => Assert.Equal(
        """{"A":-1.5,"F":1E+20}""",
        Parse.One("""{"status":"firing","values":{"A":-1.5,"B":1e999,"C":"x","D":null,"E":[1],"F":1e20}}""").Values);

    [Fact]
    public void A_fingerprint_is_made_from_the_labels_whatever_their_order()
    {
        var one = Parse.One("""{"status":"firing","labels":{"a":"1","b":"2"}}""").Fingerprint;

        Assert.Equal(one, Parse.One("""{"status":"firing","labels":{"b":"2","a":"1"},"fingerprint":" \u0007"}""").Fingerprint);
        Assert.NotEqual(one, Parse.One("""{"status":"firing","labels":{"a":"1b","":"2"}}""").Fingerprint);
        Assert.Equal("abc", Parse.One("""{"status":"firing","fingerprint":"abc"}""").Fingerprint);
    }

    [Theory]
    [InlineData("2026-11-20T11:15:30+09:00", "2026-11-20T02:15:30.0000000Z")]
    [InlineData("2026-11-20T02:15:30.123456789Z", "2026-11-20T02:15:30.1234560Z")]
    [InlineData("2026-11-20T02:15:30.5-00:30", "2026-11-20T02:45:30.5000000Z")]
    [InlineData("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.0000000Z")]
    [InlineData("2028-02-29T00:00:00Z", "2028-02-29T00:00:00.0000000Z")]
    [InlineData("1969-12-31T23:59:59Z", null)]
    [InlineData("0001-01-01T00:00:00Z", null)]
    [InlineData("0000-01-01T00:00:00Z", null)]
    [InlineData("9999-12-31T23:59:59-01:00", null)]
    [InlineData("2026-02-30T00:00:00Z", null)]
    [InlineData("2026-11-20T02:15:60Z", null)]
    [InlineData("2026-11-20T02:15:30", null)]
    [InlineData("2026-11-20T02:15:30.Z", null)]
    [InlineData("2026-11-20T02:15:30.1234567890Z", null)]
    [InlineData("2026-11-20T02:15:30+99:99", null)]
    [InlineData("yesterday, about eleven", null)]
    [InlineData("", null)]
    public void A_time_is_read_in_whole_microseconds_or_not_at_all(string sent, string? read) => Assert.Equal(
        read,
        Parse.One($$"""{"status":"firing","startsAt":"{{sent}}"}""").StartsAt?.UtcDateTime
            .ToString("O", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("""{"groupKey":"","alerts":[{"status":"firing"}]}""", false, false)]
    [InlineData("""{"alerts":[{"status":"firing"}],"groupKey":"x-1","truncatedAlerts":2}""", false, true)]
    [InlineData("""{"groupKey":7,"truncatedAlerts":"2","alerts":[{"status":"firing"}]}""", false, false)]
    [InlineData("""{"groupKey":"{}:{}","truncatedAlerts":0,"alerts":[{"status":"firing"}]}""", false, false)]
    public void What_is_said_of_the_group_is_read_leniently(string body, bool isTest, bool truncated)
    {
        var batch = Parse.Text(body).Batches.Single().Batch;

        Assert.Equal((isTest, truncated), (batch.IsTest, batch.Truncated));
    }
}
