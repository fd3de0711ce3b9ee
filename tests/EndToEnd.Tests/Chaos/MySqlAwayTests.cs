using System.Diagnostics;
using Incidents.EndToEnd.Tests.Cluster;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>The database is gone for a while, in different ways.</summary>
[Collection(nameof(RunningCluster))]
public sealed class MySqlAwayTests(Stages stages)
{
    private const int Before = 1_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Scenario("mysql-killed", "MySQL is killed (kill -9) and started again at once")]
    public Task Nothing_is_refused_or_lost_when_MySQL_is_killed_and_started_again() => stages.Run(async storm =>
    {
        storm.Send(new());
        await storm.Goes(Before);
        var killed = Stopwatch.GetTimestamp();
        await storm.Stage.MySql.Kill(Cancel);
        await storm.Stage.MySql.StartAgain();
        await storm.Recovers(killed);
    });

    [Fact]
    [Scenario("mysql-stopped", "MySQL is stopped for 60 s under 200 webhooks a second")]
    public Task Nothing_is_refused_or_lost_while_MySQL_is_stopped() => stages.Run(async storm =>
    {
        storm.Send(new() { PerSecond = Form.Times(200, 50) });
        await storm.Goes(Before / 4);
        var stopped = Stopwatch.GetTimestamp();
        await storm.Stage.MySql.Stop(Cancel);
        await Storm.Lasts(Form.Lasts(60, 8), stopped);
        await storm.Stage.MySql.StartAgain();
        await storm.Recovers(Stopwatch.GetTimestamp());
    });

    [Fact(Explicit = true)] // as mysql-stopped, and in ./test.sh every second counts
    [Scenario("mysql-connections", "other clients hold all connections of MySQL for 30 s")]
    public Task Nothing_is_refused_or_lost_while_others_hold_all_connections() => stages.Run(async storm =>
    {
        storm.Send(new() { PerSecond = Form.Times(200, 50) });
        await storm.Goes(Before / 4);
        await using var hoard = new Hoard(storm.Stage.Cluster.Database);
        var held = await hoard.Fill(Cancel);
        await Storm.Lasts(Form.Lasts(30, 7), held);
        await hoard.DisposeAsync();
        await storm.Recovers(Stopwatch.GetTimestamp());
    });
}
