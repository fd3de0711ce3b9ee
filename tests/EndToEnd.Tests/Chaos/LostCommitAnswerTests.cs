using System.Diagnostics;
using Incidents.EndToEnd.Tests.Cluster;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>The answer to a COMMIT is lost on its way to one of three silos, again and again: stored, and nobody was
/// told.</summary>
[Collection(nameof(RunningCluster))]
public sealed class LostCommitAnswerTests(Stages stages)
{
    private const int AnswersBetween = 50;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Scenario("lost-commit-answer", "the answer to a COMMIT is lost, many times")]
    public Task Nothing_is_doubled_when_answers_to_commits_are_lost() => stages.Run(async storm =>
    {
        storm.Send(new());
        var way = storm.Stage.FirstSilosWay;
        var before = way.Cuts;
        for (var loss = 1; loss <= Form.Times(50, 20); loss++)
        {
            await storm.Goes(AnswersBetween);
            way.CutNext(1);
            await Eventually.Holds(
                $"{loss} answers are lost", () => Task.FromResult(way.Cuts - before >= loss), TimeSpan.FromSeconds(20), Cancel);
        }

        await storm.Recovers(Stopwatch.GetTimestamp());
    });
}
