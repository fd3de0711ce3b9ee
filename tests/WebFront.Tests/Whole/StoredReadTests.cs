using System.Net;
using System.Text;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>What was stored, or not accepted, is read again as it came.</summary>
public sealed class StoredReadTests(SharedSystem shared)
{
    [Fact]
    public async Task The_alerts_of_an_incident_are_read_newest_first_and_raw_if_wanted()
    {
        var (system, cluster) = (await shared.Get(), Vary.NewName());
        List<string> bodies = [];
        string id = "";
        for (var i = 0; i < 5; i++)
        {
            var body = Incoming.Alert(cluster, fingerprint: $"{cluster}-{i % 2}");
            bodies.Insert(0, Encoding.UTF8.GetString(body));
            id = (await system.Accept(body)).IncidentId;
        }

        var first = await system.Read($"/api/incidents/{id}/alerts?limit=3&raw=true");
        var rest = await system.Read($"/api/incidents/{id}/alerts?limit=3&raw=true&cursor={first.Text("next_cursor")}");
        var series = await system.Read($"/api/alerts?fingerprint={cluster}-0");

        Assert.Equal(bodies, first.Texts("alerts", "raw_payload").Concat(rest.Texts("alerts", "raw_payload"))!);
        Assert.Equal(["repeated", "repeated", "repeated", "joined", "new"], [.. first.Texts("alerts", "reason"), .. rest.Texts("alerts", "reason")]);
        Assert.Null(rest.GetProperty("next_cursor").GetString());
        Assert.Equal("HighErrorRate", first.GetProperty("alerts")[0].GetProperty("labels").Text("alertname"));
        Assert.Equal(3, series.GetProperty("alerts").GetArrayLength());
        Assert.False(series.GetProperty("alerts")[0].TryGetProperty("raw_payload", out _));
        Assert.Empty((await system.Read($"/api/alerts?fingerprint={cluster}-9")).Texts("alerts", "alert_id"));
    }

    [Theory]
    [InlineData("{\"alerts\":[7]} €")]
    [InlineData("not json \u00e9")]
    public async Task A_rejected_body_is_read_as_text(string body)
    {
        var system = await shared.Get();
        var bytes = Encoding.UTF8.GetBytes(body + new string(' ', 2000) + "ü");
        await system.Post(bytes);

        var row = await Rejected(system, bytes.Length);
        var whole = await system.Read($"/api/rejected/{row.Text("rejected_id")}");

        Assert.Equal("grafana", row.Text("source"));
        Assert.StartsWith(body, row.Text("body"), StringComparison.Ordinal);
        Assert.Equal(1024, Encoding.UTF8.GetByteCount(row.Text("body")!));
        Assert.Equal(Encoding.UTF8.GetString(bytes), whole.Text("body"));
    }

    [Fact]
    public async Task A_rejected_body_that_is_no_text_is_read_in_base64()
    {
        var system = await shared.Get();
        byte[] bytes = [0xff, 0xfe, 0x00, .. Guid.NewGuid().ToByteArray(), .. Enumerable.Repeat((byte)'x', 977)];
        await system.Post(bytes);

        var whole = await system.Read($"/api/rejected/{(await Rejected(system, bytes.Length)).Text("rejected_id")}");

        Assert.Equal(Convert.ToBase64String(bytes), whole.Text("body_base64"));
        Assert.Equal(("not_json", $"{bytes.Length}", $"{bytes.Length}"),
            (whole.Text("reason"), whole.Text("body_length"), whole.Text("kept_length")));
    }

    [Fact]
    public async Task A_rejected_body_that_is_not_there_is_not_found() =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await shared.Get()).Get("/api/rejected/9223372036854775807")).Status);

    private static async Task<System.Text.Json.JsonElement> Rejected(IncidentsSystem system, int length) =>
        (await system.Read("/api/rejected?limit=200")).GetProperty("rejected").EnumerateArray()
            .First(row => row.GetProperty("body_length").GetInt32() == length);
}
