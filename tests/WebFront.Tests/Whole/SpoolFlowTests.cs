using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

public sealed class SpoolFlowTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly CutProxy _proxy = new(TestDatabase.ServerPort);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await _proxy.DisposeAsync();

    [Fact]
    public async Task While_mysql_is_away_deliveries_wait_and_are_stored_in_their_order_when_it_is_back()
    {
        await using var system = await Start();
        var clusters = Enumerable.Range(0, 30).Select(static _ => Vary.NewName()).ToList();
        var first = await system.Accept(Incoming.Alert(clusters[0], fingerprint: "00000000000000a1"));

        _proxy.Close();
        foreach (var state in new[] { "resolved", "firing", "resolved" })
        {
            // Each resolves or opens what the one before left: any other order ends otherwise.
            var kept = await system.Post(Incoming.Alert(clusters[0], status: state, startsAt: Now()));
            Assert.Equal((HttpStatusCode.Accepted, $"{first.Keys.Single()} waits"), (kept.Status, Pending(kept)));
        }

        var others = await Task.WhenAll(clusters.Skip(1).Select(cluster => system.Post(Incoming.Alert(cluster))));
        Assert.All(others, static reply => Assert.Equal(HttpStatusCode.Accepted, reply.Status));
        Assert.Equal("degraded", await system.Health(Cancel));
        Assert.Equal((32, true), await Waiting(system));

        _proxy.Open();
        await system.IsReady(Soon, Cancel);

        Assert.Equal(["resolved/auto/2", "resolved/auto/2"], await Episodes.Of(system, first.Keys.Single()));
        Assert.Equal(33, await system.Database.Read<int>("SELECT COUNT(*) FROM grafana_alerts"));
        Assert.Equal(33, await system.Database.Read<int>("SELECT COUNT(DISTINCT delivery_id) FROM grafana_alerts"));
        await Audit.IsSound(system.Database);
        Assert.Equal((0, true), await Waiting(system));
        Assert.Equal(HttpStatusCode.OK, (await system.Post(Incoming.Alert(clusters[1]))).Status);
    }

    [Fact]
    public async Task A_key_that_is_held_waits_alone_with_all_that_comes_for_it()
    {
        await using var system = await Start();
        var (held, free) = (Vary.NewName(), Vary.NewName());
        var key = (await system.Accept(Incoming.Alert(held))).Keys.Single();
        await using (await HeldRows.Of(system.Database, "incident_keys", "incident_key", key))
        {
            var both = await system.Post(Incoming.Alerts(held, free));
            Assert.Equal((HttpStatusCode.Accepted, $"{key} waits"), (both.Status, Pending(both)));
            Assert.Equal(1, both.Results.Single().Index); // the one that is free is stored, and is told

            var behind = await system.Post(Incoming.Alert(held));
            Assert.Equal(HttpStatusCode.Accepted, behind.Status);
            await system.Accept(Incoming.Alert(free));
        }

        await system.IsReady(Soon, Cancel);
        Assert.Equal(["active//3"], await Episodes.Of(system, key));
        Assert.Equal(5, await system.Database.Read<int>("SELECT COUNT(*) FROM grafana_alerts"));
        await Audit.IsSound(system.Database);
    }

    [Fact]
    public async Task What_was_stored_although_nobody_heard_it_is_not_stored_again()
    {
        await using var system = await Start();
        var name = Vary.NewName();
        await system.Accept(Incoming.Alert(name));
        _proxy.CutNext(1);
        var post = system.Post(Incoming.Alert(name));
        await Eventually.Holds("the answer of its commit is lost", () => Task.FromResult(_proxy.Cuts == 1), Soon, Cancel);

        _proxy.Close();
        Assert.Contains((await post).Status, new[] { HttpStatusCode.Accepted, HttpStatusCode.OK });
        _proxy.Open();
        await system.IsReady(Soon, Cancel);

        Assert.Equal(2, await system.Database.Read<int>("SELECT COUNT(*) FROM grafana_alerts"));
    }

    [Fact]
    public async Task Unusable_alerts_of_a_delivery_that_waited_are_kept_aside_with_their_reason()
    {
        await using var system = await Start();
        _proxy.Close();
        var reply = await system.Post(Vary.Fixture("bad/06_alert_items_null_scalar_empty.json", Vary.NewName()));
        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.NotEmpty(reply.Rejected);

        _proxy.Open();
        await system.IsReady(Soon, Cancel);

        var kept = await system.Database.Rows("SELECT reason FROM rejected_deliveries ORDER BY position");
        Assert.Equal(reply.Rejected, string.Join(' ', kept.Select(static row => row[0])));
    }

    [Fact]
    public async Task Who_waited_too_long_for_a_turn_is_kept_instead_of_waiting_on()
    {
        await using var system = await Start(
            ("Webhooks:MaxInFlight", "1"), ("Spool:TurnWithin", "00:00:00.200"), ("Spool:After", "00:00:20"));
        var (held, free) = (Vary.NewName(), Vary.NewName());
        var key = (await system.Accept(Incoming.Alert(held))).Keys.Single();
        Task<Reply> first, second;
        await using (await HeldRows.Of(system.Database, "incident_keys", "incident_key", key))
        {
            first = system.Post(Incoming.Alert(held));
            await Eventually.Holds(
                "the first has the only turn",
                async () => (await Scrape.Of(system.Client.BaseAddress!, Cancel)).Sum("incidents_deliveries_under_way") == 1, Soon, Cancel);
            second = system.Post(Incoming.Alert(free));
            await Eventually.Holds("the second waits", () => Task.FromResult(system.RequestsUnderWay >= 2), Soon, Cancel);
            var since = Stopwatch.GetTimestamp();
            await Eventually.Holds(
                "it waited too long", () => Task.FromResult(Stopwatch.GetElapsedTime(since).TotalSeconds > 0.3), Soon, Cancel);
        }

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Accepted), ((await first).Status, (await second).Status));
        await system.IsReady(Soon, Cancel);
        Assert.Equal(3, await system.Database.Read<int>("SELECT COUNT(*) FROM grafana_alerts"));
    }

    [Fact]
    public async Task When_no_more_may_wait_the_sender_is_told()
    {
        await using var system = await Start(("Spool:MaxMegabytes", "1"));
        _proxy.Close();
        var large = Incoming.Alert(Vary.NewName());
        large = [.. large, .. Encoding.UTF8.GetBytes(new string(' ', 1_040_000))];

        Assert.Equal(HttpStatusCode.Accepted, (await system.Post(large)).Status);
        var refused = await system.Post(large);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "spool_full"), (refused.Status, JsonElement.Parse(refused.Text).GetProperty("reason").GetString()));
        Assert.NotNull(refused.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, await system.Ready(Cancel)); // a small one may still wait
        _proxy.Open();
        await system.IsReady(Soon, Cancel);
        Assert.Equal(1, await system.Database.Read<int>("SELECT COUNT(*) FROM grafana_alerts"));
    }

    [Fact]
    public async Task Many_keys_that_are_held_keep_no_other_waiting()
    {
        await using var system = await Start();
        var held = Enumerable.Range(0, 6).Select(static _ => Vary.NewName()).ToList();
        var keys = new List<string>();
        foreach (var name in held)
        {
            keys.Add((await system.Accept(Incoming.Alert(name))).Keys.Single());
        }

        await using (await HeldRows.Of(system.Database, "incident_keys", "incident_key", [.. keys]))
        {
            var replies = await Task.WhenAll(held.Select(name => system.Post(Incoming.Alert(name))));
            Assert.All(replies, static reply => Assert.Equal(HttpStatusCode.Accepted, reply.Status));

            var free = Vary.NewName();
            await Eventually.Holds(
                "others are stored at once", async () => (await system.Post(Incoming.Alert(free))).Status == HttpStatusCode.OK, Soon, Cancel);
            await Eventually.Holds("what waited of them is stored too", async () => (await Waiting(system)).Deliveries == held.Count, Soon, Cancel);
        }

        await system.IsReady(Soon, Cancel);
        await Audit.IsSound(system.Database);
    }

    private Task<IncidentsSystem> Start(params (string Key, string Value)[] settings) => IncidentsSystem.Start(new()
    {
        ConnectionString = database => database.ConnectionStringThrough(_proxy.Port),
        Web = new Dictionary<string, string>(settings
            .Prepend(("Spool:After", "00:00:02"))
            .Prepend(("Spool:RetryEvery", "00:00:00.200"))
            .GroupBy(static one => one.Item1, static one => one.Item2)
            .Select(static one => KeyValuePair.Create(one.Key, one.Last()))),
    }, Cancel);

    private static string Pending(Reply reply) => string.Join(' ', JsonElement.Parse(reply.Text).GetProperty("pending").EnumerateArray()
        .Select(static alert => $"{alert.GetProperty("incident_key").GetString()} waits"));

    private static async Task<(int Deliveries, bool HasRoom)> Waiting(IncidentsSystem system)
    {
        var spool = (await system.Client.GetFromJsonAsync<JsonElement>("/api/system", Cancel)).GetProperty("spool");
        return (spool.GetProperty("deliveries").GetInt32(), spool.GetProperty("has_room").GetBoolean());
    }

    private static string Now() => TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
}
