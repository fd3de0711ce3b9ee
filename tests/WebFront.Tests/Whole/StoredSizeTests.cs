using System.Text;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

public sealed class StoredSizeTests(SharedSystem shared)
{
    [Fact]
    public async Task Two_hundred_alerts_are_stored_in_at_most_twice_their_bytes()
    {
        var system = await shared.Get();
        var body = Vary.Fixture("grafana/13_huge_200_alerts.json", Vary.NewName());

        var reply = await system.Accept(body);

        Assert.InRange(await StoredBytes(system, reply.Keys), body.Length / 2, 2 * body.Length);
    }

    [Fact]
    public async Task The_largest_body_of_the_smallest_alerts_is_stored_whole_in_at_most_twice_its_bytes()
    {
        // A system of its own: a hundred thousand alerts are a second's work of many others. More time than the
        // standard 25 s, since other tests run beside it and a call that takes longer than ten seconds is repeated.
        await using var system = await IncidentsSystem.Start(
            new() { Web = new Dictionary<string, string> { ["Webhooks:AnswerWithin"] = "00:02:00" } },
            TestContext.Current.CancellationToken);
        var (body, alerts) = TinyAlerts(10_485_760);

        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var reply = await system.Accept(body);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{alerts} alerts in {body.Length} bytes: {System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");

        Assert.Equal((alerts, ""), (reply.Results.Count, reply.Rejected));
        Assert.Equal([$"active//{alerts}"], await Episodes.Of(system, reply.Keys.Single()));
        Assert.InRange(await StoredBytes(system, reply.Keys), body.Length / 2, 2L * body.Length);
    }

    private static Task<long> StoredBytes(IncidentsSystem system, IEnumerable<string> keys) => system.Database.Read<long>(
        "SELECT SUM(LENGTH(raw_payload) + LENGTH(labels) + LENGTH(annotations)) FROM grafana_alerts "
        + $"WHERE incident_key IN ({StoredAlert.In(keys)})");

    private static (byte[] Body, int Alerts) TinyAlerts(int most)
    {
        var json = new StringBuilder("{\"version\":\"1\",\"status\":\"firing\",\"groupKey\":\"{}:{}\",\"alerts\":[");
        var alerts = 0;
        for (; json.Length < most - 200; alerts++)
        {
            json.Append(alerts == 0 ? "" : ",")
                .Append("{\"status\":\"firing\",\"labels\":{\"alertname\":\"Tiny\",\"cluster\":\"tiny\",\"instance\":\"node-")
                .Append(alerts).Append("\"}}");
        }

        return (Encoding.UTF8.GetBytes(json.Append("]}").ToString()), alerts);
    }
}
