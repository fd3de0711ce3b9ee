using Incidents.EndToEnd.Tests.Cluster;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>Three silos and two WebFronts that scenarios use one after the other: what one leaves behind is what the next
/// one has to live with. One that fails takes its stage with it.</summary>
[CollectionDefinition(nameof(RunningCluster))]
public sealed class Stages : ICollectionFixture<Stages>, IAsyncLifetime
{
    private Stage? _shared;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await (_shared?.DisposeAsync() ?? ValueTask.CompletedTask);

    internal async Task Run(Func<Storm, Task> scenario)
    {
        var stage = _shared ?? await Stage.Start(await PrivateMySql.Start("--max-connections=150"), silos: 3, webFronts: 2);
        _shared = null; // until it went well
        try
        {
            await Run(stage, scenario);
            _shared = stage;
        }
        finally
        {
            await (_shared is null ? stage.DisposeAsync() : ValueTask.CompletedTask);
        }
    }

    /// <summary>Runs it, holds that nothing is lost, and tells <c>./chaos.sh</c> how it was.</summary>
    internal static async Task Run(Stage stage, Func<Storm, Task> scenario)
    {
        await using var storm = new Storm(stage, TestContext.Current.TestOutputHelper!);
        var outcome = Outcome.Failed;
        try
        {
            await scenario(storm);
            await storm.IsAccountedFor();
            outcome = Outcome.Ok;
        }
        catch (AuditException)
        {
            outcome = Outcome.Audit;
            throw;
        }
        finally
        {
            ScenarioFigures.Append(outcome, storm.Requests, storm.Recovery);
            if (outcome != Outcome.Ok)
            {
                stage.Cluster.Failed();
            }
        }
    }
}
