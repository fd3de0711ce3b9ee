using System.Diagnostics;
using Incidents.EndToEnd.Tests.Cluster;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>Silos end without a word: <c>kill -9</c> at a random moment.</summary>
[Collection(nameof(RunningCluster))]
public sealed class KilledSiloTests(Stages stages, ITestOutputHelper output)
{
    private const int Before = 1_000;
    private const int Kills = 3;

    /// <summary>Before, while and after it is killed.</summary>
    private const int AnswersPerKill = 5_000;

    private static readonly TimeSpan GoesOnWithin = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Scenario("killed-silo", "one of three silos is killed (kill -9), three times")]
    public Task Every_2xx_is_stored_once_and_nothing_refused_when_one_of_three_silos_is_killed() => stages.Run(async storm =>
    {
        var flow = storm.Send(new());
        for (var kill = 1; kill <= Kills; kill++)
        {
            var begun = flow.Ledger.Answered;
            await storm.Goes(Random.Shared.Next(Before, 2 * Before));
            var killed = await Kill(storm, Random.Shared.Next(storm.Stage.Silos.Count));
            await storm.Recovers(killed);

            var silence = flow.Ledger.LongestSilence(killed);
            output.WriteLine($"kill {kill}: longest time without an answer {silence.TotalSeconds:0.0} s");
            Assert.InRange(silence, TimeSpan.Zero, GoesOnWithin);
            await storm.Goes(Math.Max(0, begun + AnswersPerKill - flow.Ledger.Answered));
        }
    });

    [Fact]
    [Scenario("killed-silos", "two of three silos are killed at once")]
    public Task Every_2xx_is_stored_once_and_nothing_refused_when_two_of_three_silos_are_killed() => stages.Run(async storm =>
    {
        storm.Send(new());
        await storm.Goes(Before);
        var left = Random.Shared.Next(storm.Stage.Silos.Count);
        var killed = await Kill(storm, [.. Enumerable.Range(0, storm.Stage.Silos.Count).Where(silo => silo != left)]);
        await storm.Recovers(killed);
    });

    /// <returns>When.</returns>
    private static async Task<long> Kill(Storm storm, params int[] places)
    {
        var victims = places.Select(place => storm.Stage.Silos[place]).ToList();
        var killed = Stopwatch.GetTimestamp();
        await Task.WhenAll(victims.Select(static victim => victim.Send("KILL", Cancel)));
        await Task.WhenAll(victims.Select(static victim => victim.Ended(TimeSpan.FromSeconds(5), Cancel)));
        victims.ForEach(victim => storm.Stage.FollowSilo(victim));
        return killed;
    }
}
