using System.Collections.Immutable;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>All that one decision changes of a key; written in one transaction or not at all.</summary>
/// <param name="Updated">The incident that was the latest before, if its row changes.</param>
/// <param name="Opened">New incidents in order, each in its final state; all but the last are resolved.</param>
internal sealed record KeyChange(
    KeyState Before,
    KeyState After,
    DateTimeOffset DecidedAt,
    Episode? Updated,
    ImmutableArray<Episode> Opened,
    ImmutableArray<StoredAlert> Alerts,
    ImmutableArray<TimelineEntry> Timeline,
    ImmutableArray<ChangedInstance> Instances,
    EpisodeOptions Options)
{
    /// <summary>The state once this is committed.</summary>
    public KeyState Committed => IsEmpty ? Before : After with { Version = Before.Version + 1 };

    /// <summary>The existing incident whose row this writes to, itself or by its alerts.</summary>
    public IncidentId? Touched => Before.Last is { } last
        && (Updated is not null || Alerts.Any(alert => alert.IncidentId == last.Id))
            ? last.Id
            : null;

    /// <summary>When to look at an incident again. Where each alert moves it, on the next whole minute, so that the index
    /// entry does not move with every alert.</summary>
    public DateTimeOffset? DueAt(Episode episode) => episode.DueAt(Options) is { } due && !episode.IsTest
        ? due.AddTicks((TimeSpan.TicksPerMinute - (due.UtcTicks % TimeSpan.TicksPerMinute)) % TimeSpan.TicksPerMinute)
        : episode.DueAt(Options);

    public bool IsEmpty => Updated is null && Opened.IsEmpty && Alerts.IsEmpty && Timeline.IsEmpty;
}

/// <summary>A row of <c>grafana_alerts</c>.</summary>
/// <param name="IsNew">It opened its incident.</param>
internal sealed record StoredAlert(
    AlertBatch Batch,
    Alert Alert,
    Sighting Sighting,
    AlertReason Reason,
    IncidentId IncidentId,
    bool IsNew)
{
    public Envelope Envelope => Alert.OwnEnvelope ?? Batch.Envelope;

    /// <summary>About what the row costs on the wire, in bytes.</summary>
    public int Size => SizeOf(Batch, Alert);

    public static int SizeOf(AlertBatch batch, Alert alert) => 500
        + (alert.OwnEnvelope ?? batch.Envelope).Length
        + alert.Raw.Length
        + alert.Labels.Length
        + alert.Annotations.Length
        + alert.Message.Length
        + alert.Summary.Length;
}

/// <summary>A row of <c>incident_instances</c>.</summary>
internal sealed record ChangedInstance(IncidentId IncidentId, string Fingerprint, Instance State, string? Values);
