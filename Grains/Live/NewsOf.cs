using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Live;

/// <summary>What a committed change leaves to be seen of its incidents.</summary>
internal static class NewsOf
{
    public static IEnumerable<IncidentNews> Change(KeyChange change, IReadOnlyDictionary<IncidentId, long> counts) =>
        change.Written.Select(episode => Of(episode, (long)change.Before.Version + 1, counts.GetValueOrDefault(episode.Id)));

    /// <summary>Whether a person waits for it: anything but more alerts of the same.</summary>
    public static bool IsUrgent(KeyChange change) => !change.Timeline.IsEmpty;

    private static IncidentNews Of(Episode episode, long version, long alerts) => new()
    {
        Id = episode.Id,
        Change = version,
        Parts = episode.Parts,
        Status = episode.Status,
        Severity = episode.Severity,
        PeakSeverity = episode.PeakSeverity,
        Title = episode.Title,
        Summary = episode.Summary,
        IsTest = episode.IsTest,
        StartTime = episode.StartTime,
        FirstSeenAt = episode.FirstSeenAt,
        LastSeenAt = episode.LastSeenAt,
        UpdatedAt = episode.UpdatedAt,
        AlertCount = alerts,
        AlertsReceived = episode.AlertsReceived,
        FiringCount = episode.FiringCount,
        Revision = episode.Revision,
        AcknowledgedAt = episode.Acknowledged?.At,
        AcknowledgedBy = episode.Acknowledged?.By,
        AcknowledgedSaidBy = episode.Acknowledged?.SaidBy,
        ResolvedAt = episode.Closed?.At,
        ResolvedBy = episode.Closed?.By,
        ResolvedSaidBy = episode.Closed?.SaidBy,
        Resolution = episode.Closed?.Resolution,
        ActionTaken = episode.Closed?.ActionTaken,
        RootCause = episode.Closed?.RootCause,
        IsNoise = episode.Closed?.IsNoise,
    };
}
