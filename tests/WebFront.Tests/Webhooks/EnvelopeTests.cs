using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Incidents.WebFront.Tests.Webhooks;

public sealed class EnvelopeTests
{
    private const string Tiny = """{"status":"firing","labels":{"alertname":"a"}}""";

    [Fact]
    public void Ten_megabytes_of_tiny_alerts_are_stored_in_at_most_twice_their_bytes()
    {
        var count = 10_485_700 / (Tiny.Length + 1);
        var body = Encoding.UTF8.GetBytes(
            "{\"receiver\":\"r\",\"alerts\":[" + string.Join(',', Enumerable.Repeat(Tiny, count)) + "],\"title\":\"t\",\"orgId\":1}");
        var started = Stopwatch.GetTimestamp();

        var delivery = Parse.Body(body);

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "not linear in the body");
        Assert.Equal(count, Parse.Alerts(delivery).Count());
        Assert.InRange(Parse.StoredBytes(delivery), body.Length, 2L * body.Length);
    }

    [Fact]
    public void When_the_envelope_cannot_be_repeated_the_first_alert_keeps_it()
    {
        var rest = string.Concat(Enumerable.Repeat($",{Tiny}", 200));
        var batch = Parse.Text(
            $$"""{"receiver":"{{new string('r', 3000)}}","x":"{{new string('x', 6000)}}","alerts":[7,{{Tiny}}{{rest}}],"title":"t"}""")
            .Batches.Single().Batch;

        var first = Assert.Single(batch.Alerts, static a => a.OwnEnvelope is not null);
        Assert.Equal(1, first.Position);
        Assert.Equal("{\"alerts\":[", Encoding.UTF8.GetString(batch.Envelope.Head));
        using var payload = JsonDocument.Parse(Parse.RawPayload(batch, first));
        Assert.Equal(["receiver", "x", "alerts"], payload.RootElement.EnumerateObject().Select(static m => m.Name));
    }

    [Fact]
    public void A_long_envelope_is_cut_to_what_tells_deliveries_apart()
    {
        var batch = Parse.Text(
            $$"""{"receiver":"r","groupKey":"{}:{}","message":"{{new string('m', 20_000)}}","alerts":[{{Tiny}}],"orgId":1,"state":"alerting"}""")
            .Batches.Single().Batch;

        Assert.Equal("""{"receiver":"r","groupKey":"{}:{}","alerts":[""", Encoding.UTF8.GetString(batch.Envelope.Head));
        Assert.Equal("""],"orgId":1}""", Encoding.UTF8.GetString(batch.Envelope.Tail));
    }

    [Fact]
    public void A_member_that_is_not_UTF8_is_left_out()
    {
        byte[] body = [.. "{\"a\":\""u8, 0xFF, .. "\",\"b\":1,\"alerts\":["u8, .. Encoding.UTF8.GetBytes(Tiny), .. "]}"u8];

        Assert.Equal("""{"b":1,"alerts":[""", Encoding.UTF8.GetString(Parse.Body(body).Batches.Single().Batch.Envelope.Head));
    }
}
