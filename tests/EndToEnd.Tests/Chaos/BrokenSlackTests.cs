using System.Diagnostics;
using System.Net.Http.Json;
using Incidents.EndToEnd.Tests.Cluster;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>Slack fails in every way it has, one after the other, and the silo that tells it is killed meanwhile. Only in
/// <c>./chaos.sh</c>: it needs a stage of its own, and each fault alone has tests with the deliveries.</summary>
[Collection(nameof(RunningCluster))]
public sealed class BrokenSlackTests(ITestOutputHelper output)
{
    private const int PerSecond = 40;

    /// <summary>New ones every second, so that each fault meets posts as well as edits.</summary>
    private const int Keys = 5;

    private static readonly HttpClient Http = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    [Scenario("broken-slack", "Slack answers 429, 500, nothing, after 40 s, or revokes the token, for 60 s; the silo that tells it is killed")]
    public async Task Every_incident_has_one_card_in_its_final_state_when_Slack_was_broken_and_a_silo_was_killed()
    {
        await using var slack = await ToldSlack.Start();
        await using var stage = await Stage.Start(
            await PrivateMySql.Start("--max-connections=150"), silos: Form.Times(3, 2), webFronts: 1, settings: slack.Settings);
        await Stages.Run(stage, async storm =>
        {
            var flow = storm.Send(new() { PerSecond = PerSecond, Keys = Keys, RequestsOfAKey = PerSecond });
            await storm.Goes(100);
            var (killsAt, killed, lasts) = (Random.Shared.Next(1, ToldSlack.Faults.Count), 0L, Form.Lasts(60, 8) / ToldSlack.Faults.Count);
            foreach (var (index, fault) in ToldSlack.Faults.Index())
            {
                var begun = Stopwatch.GetTimestamp();
                fault.Begin(slack);
                await AcknowledgeOne(stage);
                if (index == killsAt)
                {
                    output.WriteLine($"killed at '{fault.Name}'");
                    killed = await KillTeller(stage);
                }

                await Storm.Lasts(lasts, begun);
                slack.Heal();
            }

            var healed = Stopwatch.GetTimestamp();
            await storm.Recovers(killed);
            await flow.End();
            await slack.ShowsAll(stage.Cluster.Database);
            output.WriteLine($"all told {Stopwatch.GetElapsedTime(healed).TotalSeconds:0.0} s after Slack was well again, by {slack.Workspace.Calls.Count} calls");
        });
    }

    /// <summary>The silo whose calls to Slack failed most.</summary>
    /// <returns>When.</returns>
    private static async Task<long> KillTeller(Stage stage)
    {
        var failed = await Task.WhenAll(stage.Silos.Select(async static silo => (Silo: silo, Times: await silo.TimesSaid("not told to Slack now", Cancel))));
        var victim = failed.MaxBy(static one => one.Times).Silo;
        var killed = Stopwatch.GetTimestamp();
        await victim.Send("KILL", Cancel);
        await victim.Ended(TimeSpan.FromSeconds(5), Cancel);
        stage.FollowSilo(victim);
        return killed;
    }

    /// <summary>So that there is a change of state to tell; the incident may have ended meanwhile.</summary>
    private static async Task AcknowledgeOne(Stage stage)
    {
        var active = await stage.Cluster.Database.Rows("SELECT incident_id FROM incidents WHERE status = 'active' LIMIT 1");
        if (active is [[string incident]])
        {
            using var _ = await Http.PostAsJsonAsync(new Uri(stage.WebFronts[0].Url, $"/api/incidents/{incident}/acknowledge"), new { }, Cancel);
        }
    }
}
