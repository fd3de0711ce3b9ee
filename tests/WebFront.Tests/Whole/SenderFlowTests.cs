using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>What senders are known by, from their webhooks to the API; without credentials a sender is named by its
/// path.</summary>
public sealed class SenderFlowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_sender_is_shown_with_its_peers_its_counts_and_how_long_ago()
    {
        await using var system = await Start();
        var name = Vary.NewName();
        var reply = await system.Accept("grafana/01_single_firing.json", name);
        await From("127.0.0.2", system, Vary.Fixture("grafana/26_ha_duplicate_15s_later.json", name));
        await From("127.0.0.2", system, Hostile());
        await system.Accept(Vary.Fixture("grafana/16_alertmanager_v4.json", name), "/webhook/alertmanager");
        await Written(system, deliveries: 4);

        var (status, answer) = await system.Get("/api/senders");

        Assert.True(status == HttpStatusCode.OK, system.Log);
        var senders = answer.GetProperty("senders").EnumerateArray().ToDictionary(static one => one.GetProperty("sender").GetString()!);
        var grafana = senders["grafana"];
        Assert.Equal(["alertmanager", "grafana"], senders.Keys.Order());
        Assert.Equal((3, 1, 1), (Number(grafana, "deliveries"), Number(grafana, "rejected_alerts"), Number(grafana, "duplicate_deliveries")));
        Assert.Equal(["127.0.0.1", "127.0.0.2", "127.0.0.2"], Peers(grafana).Select(static one => one.GetProperty("remote_address").GetString()).Order());
        Assert.InRange(grafana.GetProperty("age_seconds").GetDouble(), 0, 60);
        Assert.False(grafana.GetProperty("silent").GetBoolean());
        Assert.Equal("alertmanager", Assert.Single(Peers(senders["alertmanager"])).GetProperty("kind").GetString());
        Assert.All(Peers(grafana), static peer => Assert.InRange(peer.GetProperty("version").GetString()!.Length, 0, 64));
        Assert.DoesNotContain("\\u001b", answer.GetRawText(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(
            ["alertmanager", "grafana"],
            (await system.Database.Rows("SELECT DISTINCT sender FROM grafana_alerts ORDER BY sender")).Select(static row => (string)row[0]!));
        Assert.Equal("grafana", await system.Database.Read<string>("SELECT sender FROM rejected_deliveries"));
        Assert.Equal(
            "grafana", await system.Database.Read<string>("SELECT DISTINCT sender FROM grafana_alerts WHERE incident_id = ?", reply.IncidentId));
    }

    [Fact]
    public async Task A_sender_that_falls_silent_has_an_incident_until_it_speaks()
    {
        var clock = new MovableClock();
        await using var system = await Start(clock);
        var watch = system.Grains.GetGrain<ISenderWatchGrain>(ISenderWatchGrain.Key);
        await system.Accept("grafana/01_single_firing.json", Vary.NewName());
        await Written(system, deliveries: 1);
        await watch.Look();

        clock.Advance(TimeSpan.FromMinutes(6));
        await watch.Look();

        var silent = (await system.Get("/api/senders")).Answer.GetProperty("senders")[0];
        var incident = silent.GetProperty("silent_incident_id").GetString()!;
        Assert.True(silent.GetProperty("silent").GetBoolean());
        Assert.InRange(silent.GetProperty("age_seconds").GetDouble(), 360, 460);
        Assert.Equal(1, Number(silent, "deliveries"));
        var shown = (await system.Get($"/api/incidents/{incident}")).Answer;
        Assert.Equal(
            ("SenderSilent", "grafana", "error", "active"),
            (shown.Text("rule_uid"), shown.Text("service"), shown.Text("severity"), shown.Text("status")));

        // Its payload is a body like any other: posted again it has the same key.
        var payload = await system.Database.Read<string>("SELECT raw_payload FROM grafana_alerts WHERE incident_id = ?", incident);
        var again = await system.Accept(Encoding.UTF8.GetBytes(payload));
        Assert.Equal((incident, false), (again.IncidentId, again.Results[0].IsNewIncident));

        await Written(system, deliveries: 2); // that was a word of the sender's
        await watch.Look();
        Assert.Equal(["resolved/auto/3"], await Episodes.Of(system, shown.Text("incident_key")!));
        Assert.False((await system.Get("/api/senders")).Answer.GetProperty("senders")[0].GetProperty("silent").GetBoolean());
        await Audit.IsSound(system.Database);
    }

    [Fact]
    public async Task Counts_outlive_a_database_that_refuses_them_and_a_stop()
    {
        await using var system = await Start();
        await system.Database.Execute("RENAME TABLE senders TO senders_away");
        await system.Accept("grafana/01_single_firing.json", Vary.NewName());
        await Eventually.Holds(
            "a write has failed", () => Task.FromResult(system.Log.Contains("cannot be written now", StringComparison.Ordinal)), TimeSpan.FromSeconds(20), Cancel);
        await system.Database.Execute("RENAME TABLE senders_away TO senders");
        await Written(system, deliveries: 1);

        await system.Accept("grafana/01_single_firing.json", Vary.NewName());
        await system.StopWeb(Cancel);

        Assert.Equal(2, await Deliveries(system));
    }

    private static Task<IncidentsSystem> Start(MovableClock? clock = null) => IncidentsSystem.Start(
        new()
        {
            Clock = clock,
            Silo = new Dictionary<string, string> { ["Senders:SilentAfter"] = "00:05:00" },
            Web = new Dictionary<string, string> { ["Senders:WriteEvery"] = "00:00:00.200" },
        },
        Cancel);

    private static Task Written(IncidentsSystem system, int deliveries) => Eventually.Holds(
        $"{deliveries} deliveries are counted", async () => await Deliveries(system) == deliveries, TimeSpan.FromSeconds(20), Cancel, () => system.Log);

    private static Task<int> Deliveries(IncidentsSystem system) =>
        system.Database.Read<int>("SELECT COALESCE(SUM(deliveries), 0) FROM senders");

    /// <summary>A sender on another machine, which this one plays by another loopback address.</summary>
    private static async Task From(string address, IncidentsSystem system, byte[] body)
    {
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (connection, cancel) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(connection.DnsEndPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler) { BaseAddress = system.Client.BaseAddress };
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var answer = await client.PostAsync(new Uri("/webhook/grafana", UriKind.Relative), content, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static byte[] Hostile() => Encoding.UTF8.GetBytes(
        $$"""
        {"version":"1","appVersion":"\u001b[2J{{new string('9', 3000)}}","externalURL":"javascript:alert(1)\n<script>","orgId":1e400,
         "alerts":[{"status":"firing","labels":{"alertname":"Hostile","cluster":"{{Vary.NewName()}}"} },{"status":"no"}]}
        """);

    private static JsonElement.ArrayEnumerator Peers(JsonElement sender) => sender.GetProperty("peers").EnumerateArray();

    private static long Number(JsonElement element, string name) => element.GetProperty(name).GetInt64();
}
