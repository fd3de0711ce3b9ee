using Incidents.Grains.MySql;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Incidents.Silo;

/// <summary>Ready: MySQL takes a write through this silo's own lane.</summary>
internal sealed class LaneHealth(GroupCommitWriter writer) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await writer.Check(patience.Token) is { } problem
                ? HealthCheckResult.Unhealthy(problem)
                : HealthCheckResult.Healthy();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("MySQL does not take a write within 4 s");
        }
    }
}
