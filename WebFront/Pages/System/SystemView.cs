using Incidents.Grains.Interfaces;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Pages;

/// <summary>How the service is. Null parts did not answer in time.</summary>
public sealed record SystemView
{
    public required string Version { get; init; }

    public required string Runtime { get; init; }

    /// <summary>In words.</summary>
    public string? Status { get; init; }

    public string? Problem { get; init; }

    public required SpoolLook Spool { get; init; }

    /// <summary>By name, with their state.</summary>
    public IReadOnlyList<(string Silo, string Status)>? Silos { get; init; }

    public IReadOnlyList<(string Type, long Count)>? Grains { get; init; }

    public IReadOnlyList<WriterView>? Writers { get; init; }

    public SlackWorkspaceView? Slack { get; init; }

    public IReadOnlyList<SlackChannelView> Channels { get; init; } = [];

    public IReadOnlyList<SenderLook>? Senders { get; init; }

    public IReadOnlyList<RejectedRow>? Rejected { get; init; }

    /// <summary>The last migration.</summary>
    public string? Schema { get; init; }

    public bool HasDashboard { get; init; }
}

/// <param name="OldestAt">Null when nothing waits.</param>
public sealed record SpoolLook(
    bool IsOn, bool HasRoom, bool IsBroken, int Deliveries, long Bytes, int Stuck, int SetAside, DateTime? OldestAt);

/// <param name="SilentIncident">Tells of its silence; null while there is none.</param>
public sealed record SenderLook(
    string Name, string Version, DateTime LastDeliveryAt, long Deliveries, long RejectedAlerts, long Truncated, long Duplicates, bool IsSilent, string? SilentIncident);
