using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using Orleans.Concurrency;

namespace Incidents.Grains;

/// <summary>One a silo: goes the way of an alert as far as the writer's lane.</summary>
[GrainType("pulse"), StatelessWorker(1)]
internal sealed class PulseGrain(GroupCommitWriter writer) : Grain, IPulseGrain
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public async Task<Pulse> Check()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return new(await writer.Check(patience.Token));
        }
        catch (OperationCanceledException)
        {
            return new("MySQL does not take a write within 4 s");
        }
    }
}
