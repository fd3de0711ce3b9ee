using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using Incidents.WebFront.Health;
using Incidents.WebFront.Slack;
using Incidents.WebFront.Spool;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Api;

/// <summary><c>GET /api/system</c>: how the WebFront that answers is.</summary>
internal static class SystemEndpoints
{
    public static void MapSystem(this IEndpointRouteBuilder api) => api.MapGet("/system", Get)
        .WithTags("System")
        .WithSummary("How this WebFront is, what waits in its spool, and how Slack is told")
        .WithDescription("Each WebFront has a spool of its own: with several, ask each.")
        .Produces<SystemState>();

    private static async Task<SystemState> Get(
        Readiness readiness, SlackStanding slack, DeliverySpool spool, Outage outage, IOptions<SpoolOptions> options, TimeProvider clock)
    {
        var asked = slack.Workspace(); // while the silo's pulse is felt
        var pulse = await readiness.Check();
        var workspace = await asked;
        var (figures, hasRoom) = (spool.Figures, spool.HasRoom);
        var health = HealthState.Of(pulse.Problem, figures, hasRoom, isSlackShut: workspace?.TokenError is not null);
        return new()
        {
            Status = health.Status,
            Problem = health.Problem,
            Version = typeof(SystemEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            Runtime = RuntimeInformation.FrameworkDescription,
            At = clock.GetUtcNow().UtcDateTime,
            Spool = new()
            {
                Enabled = options.Value.Enabled,
                HasRoom = hasRoom,
                Storing = !outage.IsOn,
                Broken = figures.IsBroken,
                Deliveries = figures.Deliveries,
                Bytes = figures.Bytes,
                MaxBytes = options.Value.MaxBytes,
                OldestReceivedAt = figures.OldestAt?.UtcDateTime,
                Stuck = figures.Stuck,
                SetAside = figures.SetAside,
            },
            Slack = workspace is null ? null : SlackState.Of(workspace, await slack.Channels(workspace)),
        };
    }
}

/// <summary>How one WebFront is.</summary>
internal sealed record SystemState
{
    /// <summary>As <c>/health/ready</c> says it.</summary>
    public HealthStatus Status { get; init; }

    public string? Problem { get; init; }

    public required string Version { get; init; }

    public required string Runtime { get; init; }

    /// <summary>When this was so.</summary>
    public DateTime At { get; init; }

    public required SpoolState Spool { get; init; }

    /// <summary>Absent when no silo answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SlackState? Slack { get; init; }
}

/// <summary>What waits on the disk of one WebFront.</summary>
internal sealed record SpoolState
{
    public bool Enabled { get; init; }

    /// <summary>A further delivery may wait; else it is answered with 503.</summary>
    public bool HasRoom { get; init; }

    /// <summary>False during an outage: then deliveries go into the spool at once.</summary>
    public bool Storing { get; init; }

    /// <summary>The disk took nothing the last time.</summary>
    public bool Broken { get; init; }

    public int Deliveries { get; init; }

    public long Bytes { get; init; }

    public long MaxBytes { get; init; }

    /// <summary>Null when nothing waits.</summary>
    public DateTime? OldestReceivedAt { get; init; }

    /// <summary>Deliveries that are tried only every ten minutes; the log says why.</summary>
    public int Stuck { get; init; }

    /// <summary>Damaged journals in <c>Spool:Directory</c> that somebody has to look at.</summary>
    public int SetAside { get; init; }
}
