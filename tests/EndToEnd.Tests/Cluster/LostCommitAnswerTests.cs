using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>The answer to a COMMIT is lost on its way to one of three silos, again and again: stored, and nobody was
/// told.</summary>
[Collection(nameof(RunningCluster))]
public sealed class LostCommitAnswerTests : IAsyncLifetime
{
    private const int Senders = 16;
    private const int Losses = 20;
    private const int AnswersBetween = 50;

    private static readonly TimeSpan FlowDeadline = TimeSpan.FromSeconds(60);

    private CutProxy _proxy = null!;
    private RunningCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await TestDatabase.Create();
        _proxy = new(database.Port);
        _cluster = new(database, database.ConnectionStringThrough(_proxy.Port));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_doubled_when_answers_to_commits_are_lost_under_three_silos()
    {
        var (_, webFronts) = await _cluster.Start(silos: 3, webFronts: 2, Cancel);
        await using var flow = new SenderFlow(webFronts, Senders, seed: 4);
        for (var loss = 1; loss <= Losses; loss++)
        {
            await flow.Reached(flow.Ledger.Answered + AnswersBetween, FlowDeadline, Cancel);
            _proxy.CutNext(1);
            await Eventually.Holds(
                $"{loss} answers are lost", () => Task.FromResult(_proxy.Cuts >= loss), TimeSpan.FromSeconds(20), Cancel);
        }

        await flow.Reached(flow.Ledger.Answered + AnswersBetween, FlowDeadline, Cancel);
        await flow.End();

        await flow.IsAccountedFor(_cluster.Database);
    }
}
