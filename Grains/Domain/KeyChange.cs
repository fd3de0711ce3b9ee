using System.Collections.Immutable;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>All that one decision changes of a key; written in one transaction or not at all.</summary>
/// <param name="Updated">The incident that was the latest before, if its row changes.</param>
/// <param name="Opened">New incidents in order, each in its final state; all but the last are resolved.</param>
/// <param name="Amended">Incidents before the latest, of which people know more by now; none of them is open.</param>
internal sealed record KeyChange(
    KeyState Before,
    KeyState After,
    DateTimeOffset DecidedAt,
    Episode? Updated,
    ImmutableArray<Episode> Opened,
    ImmutableArray<Episode> Amended,
    ImmutableArray<StoredAlert> Alerts,
    ImmutableArray<TimelineEntry> Timeline,
    ImmutableArray<ChangedInstance> Instances,
    EpisodeOptions Options)
{
    /// <summary>The state once this is committed.</summary>
    public KeyState Committed => IsEmpty ? Before : After with { Version = Before.Version + 1 };

    /// <summary>Existing incidents whose row this changes.</summary>
    public IEnumerable<Episode> Rewritten => Updated is null ? Amended : Amended.Prepend(Updated);

    /// <summary>The existing incidents whose row this writes to, itself or by its alerts.</summary>
    public IEnumerable<IncidentId> Touched => Before.Last is { } last
        && (Updated is not null || Alerts.Any(alert => alert.IncidentId == last.Id))
            ? Amended.Select(static episode => episode.Id).Prepend(last.Id)
            : Amended.Select(static episode => episode.Id);

    /// <summary>Every incident that it writes to, as it then is. Where only alerts joined, just their number is another.</summary>
    public IEnumerable<Episode> Written
    {
        get
        {
            var joined = Before.Last is { } last ? Alerts.Count(alert => alert.IncidentId == last.Id) : 0;
            var former = Updated ?? (joined > 0 ? Before.Last! with { AlertsReceived = Before.Last.AlertsReceived + joined } : null);
            return [.. former is null ? [] : Enumerable.Repeat(former, 1), .. Opened, .. Amended];
        }
    }

    /// <summary>When to look at an incident again. Where each alert moves it, on the next whole minute, so that the index
    /// entry does not move with every alert.</summary>
    public DateTimeOffset? DueAt(Episode episode) => episode.DueAt(Options) is { } due && !episode.IsTest
        ? due.AddTicks((TimeSpan.TicksPerMinute - (due.UtcTicks % TimeSpan.TicksPerMinute)) % TimeSpan.TicksPerMinute)
        : episode.DueAt(Options);

    public bool IsEmpty => Updated is null && Opened.IsEmpty && Amended.IsEmpty && Alerts.IsEmpty && Timeline.IsEmpty;
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
