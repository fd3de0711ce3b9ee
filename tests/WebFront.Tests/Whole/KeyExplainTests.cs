using System.Net;
using System.Text;
using System.Text.Json;

namespace Incidents.WebFront.Tests.Whole;

public sealed class KeyExplainTests(SharedSystem shared)
{
    public static TheoryData<string> Fixtures => new(TestKit.Fixtures.Names("grafana"));

    /// <summary>Whatever Grafana sends: what is explained is what is done.</summary>
    [Theory]
    [MemberData(nameof(Fixtures))]
    public async Task The_key_that_is_told_is_the_key_that_the_webhook_uses(string fixture)
    {
        var (system, body) = (await shared.Get(), Vary.Fixture(fixture, Vary.NewName()));
        var reply = await system.Post(body);

        var (status, answer) = await system.Send(HttpMethod.Post, "/api/keys/explain", Encoding.UTF8.GetString(body));

        if (reply.Status == HttpStatusCode.OK && body.Length < 1_000_000)
        {
            Assert.Equal(HttpStatusCode.OK, status);
            var alerts = answer.GetProperty("alerts").EnumerateArray().ToList();
            Assert.Equal(
                reply.Results.Select(static result => (result.Index, result.IncidentKey)),
                alerts.Where(static alert => alert.GetProperty("incident_key").ValueKind == JsonValueKind.String)
                    .Select(static alert => (alert.GetProperty("index").GetInt32(), alert.Text("incident_key")!)));
            Assert.All(reply.Results, result => Assert.Equal(
                result.IncidentId, alerts[result.Index].GetProperty("latest_incident").Text("incident_id")));
        }
    }

    [Fact]
    public async Task Labels_alone_are_enough()
    {
        var system = await shared.Get();

        var answer = await system.Read("/api/keys/explain?label=alertname=HighCPU&label=note=a%3Db,c");

        var alert = answer.GetProperty("alerts")[0];
        Assert.Equal("46a7969e0ae5dc9b", alert.Text("incident_key")); // the published vector
        Assert.Equal(("HighCPU", "label alertname"), Part(alert, "rule_uid"));
        Assert.Equal(("", ""), Part(alert, "cluster"));
    }

    [Theory]
    [InlineData("""{"labels":{"rule_uid":"r1","cluster":"prod","namespace":"default","service":"api","phase":"production"}}""", "label rule_uid")]
    [InlineData("""{"status":"resolved","ruleUID":"r1","labels":{"cluster":"prod","namespace":"default","service":"api","phase":"production"}}""", "ruleUID")]
    [InlineData("""{"silenceURL":"https://g/alerting/silence/new?matcher=__alert_rule_uid__%3Dr1","labels":{"cluster":"prod","namespace":"default","service":"api","phase":"production"}}""", "silenceURL")]
    [InlineData("""{"generatorURL":"https://g/alerting/grafana/r1/view","labels":{"cluster":"prod","namespace":"default","service":"api","phase":"production"}}""", "generatorURL")]
    [InlineData("""{"labels":{"rulename":"r1","cluster":"prod","namespace":"default","service":"api","phase":"production"}}""", "label rulename")]
    public async Task It_says_where_each_part_comes_from(string alert, string origin)
    {
        var (status, answer) = await (await shared.Get()).Send(HttpMethod.Post, "/api/keys/explain", alert);

        var explained = answer.GetProperty("alerts")[0];
        Assert.Equal((HttpStatusCode.OK, "6b7aeda2ac445dc6"), (status, explained.Text("incident_key"))); // the published vector
        Assert.Equal(("r1", origin), Part(explained, "rule_uid"));
        Assert.Equal(("production", "label phase"), Part(explained, "phase"));
    }

    [Fact]
    public async Task An_alert_that_would_be_rejected_says_why()
    {
        var (_, answer) = await (await shared.Get()).Send(
            HttpMethod.Post, "/api/keys/explain", """{"alerts":[7,{"status":"odd"},{"status":"firing"}]}""");

        Assert.Equal(["not_an_object", "bad_status"], answer.GetProperty("alerts").EnumerateArray().Take(2).Select(static a => a.Text("rejected")));
        Assert.False(answer.GetProperty("alerts")[2].TryGetProperty("rejected", out _));
    }

    private static (string?, string?) Part(JsonElement alert, string name) =>
        alert.GetProperty("parts").GetProperty(name) is var part ? (part.Text("value"), part.Text("from")) : default;
}
