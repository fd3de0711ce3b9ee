using System.Text.Json;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Live;

/// <summary>News as the row that the database gives of the same incident.</summary>
internal static class NewsRow
{
    public static IncidentRow Of(IncidentNews news) => new()
    {
        IncidentId = news.Id.Value,
        IncidentKey = news.Id.Key.Value,
        Status = StatusFilter.Text(news.Status),
        Severity = news.Severity,
        PeakSeverity = news.PeakSeverity,
        Phase = news.Parts.Phase,
        Cluster = news.Parts.Cluster,
        Namespace = news.Parts.Namespace,
        Service = news.Parts.Service,
        RuleUid = news.Parts.RuleUid,
        Title = news.Title,
        Summary = news.Summary,
        StartTime = news.StartTime.UtcDateTime,
        FirstSeenAt = news.FirstSeenAt.UtcDateTime,
        LastSeenAt = news.LastSeenAt.UtcDateTime,
        AlertCount = news.AlertCount,
        AlertsReceived = news.AlertsReceived,
        FiringCount = news.FiringCount,
        AcknowledgedTime = news.AcknowledgedAt?.UtcDateTime,
        AcknowledgedBy = news.AcknowledgedBy,
        AcknowledgedSaidBy = news.AcknowledgedSaidBy,
        ResolvedTime = news.ResolvedAt?.UtcDateTime,
        ResolvedBy = news.ResolvedBy,
        ResolvedSaidBy = news.ResolvedSaidBy,
        Resolution = news.Resolution is { } how ? JsonNamingPolicy.SnakeCaseLower.ConvertName(how.ToString()) : null,
        ActionTaken = news.ActionTaken,
        RootCause = news.RootCause,
        IsNoise = news.IsNoise,
        IsTest = news.IsTest,
        Revision = news.Revision,
        UpdatedAt = news.UpdatedAt.UtcDateTime,
        Change = news.Change,
    };
}
