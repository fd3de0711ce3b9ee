using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Incidents.Silo;

/// <summary>Ready: the silo is an active member of its cluster.</summary>
internal sealed class SiloHealth(ISiloStatusOracle silo) : IHealthCheck
{
    /// <summary>The tag of every check that /health/ready asks.</summary>
    public const string Ready = "ready";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(silo.CurrentStatus == SiloStatus.Active
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"the silo is {silo.CurrentStatus}"));
}

internal static class HealthEndpoints
{
    /// <summary>/health/live answers while the process does and asks nothing: a restart does not mend a database.</summary>
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = static check => check.Tags.Contains(SiloHealth.Ready),
        });
    }
}
