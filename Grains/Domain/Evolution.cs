using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>What an incident becomes by one fact. Replaying the stored facts in order gives the stored state.</summary>
internal static class Evolution
{
    private static readonly TimeSpan OldestStart = TimeSpan.FromHours(24);

    public static Episode Begin(Fact.Opened opened, KeyParts parts, string title, string summary) => new()
    {
        Id = opened.Id,
        Parts = parts,
        Title = title,
        Summary = summary,
        Severity = opened.Severity,
        PeakSeverity = opened.Severity,
        IsTest = opened.IsTest,
        CreatedAt = opened.At,
        UpdatedAt = opened.At,
        Revision = 1,
        EventSeq = 1,
    };

    public static Episode Apply(this Episode episode, Fact fact) => fact switch
    {
        Fact.AlertStored f => episode.Seen(f.Sighting).With(f),
        Fact.SeverityChanged f => episode.Noted(1) with { Severity = f.To, PeakSeverity = f.Peak },
        Fact.Acknowledged f => episode.Noted(1) with
        {
            Status = IncidentStatus.Acknowledged,
            Acknowledged = new(f.At, f.Author.By, f.Author.SaidBy),
        },
        Fact.Unacknowledged => episode.Noted(1) with { Status = IncidentStatus.Active, Acknowledged = null },
        Fact.Resolved f => episode.Noted(1) with { Status = IncidentStatus.Resolved, Closed = f.Closure },
        Fact.Noted => episode.Noted(1),
        Fact.Amended f => episode.Noted(1) with { Closed = episode.Closed?.Amended(f) },
        Fact.GroupIncomplete f => episode.Noted(0) with { Incomplete = episode.Incomplete.With(f.Group, f.Why) },
        Fact.GroupComplete f => episode.Noted(0) with { Incomplete = episode.Incomplete.Without(f.Group, f.Why) },
        _ => throw Fact.Unknown(fact),
    };

    private static Closure Amended(this Closure closure, Fact.Amended f) => closure with
    {
        ActionTaken = f.Which.HasFlag(Findings.ActionTaken) ? f.ActionTaken : closure.ActionTaken,
        RootCause = f.Which.HasFlag(Findings.RootCause) ? f.RootCause : closure.RootCause,
        IsNoise = f.Which.HasFlag(Findings.IsNoise) ? f.IsNoise : closure.IsNoise,
    };

    private static Episode Noted(this Episode episode, int revisions) => episode with
    {
        EventSeq = episode.EventSeq + 1,
        Revision = episode.Revision + revisions,
    };

    private static Episode Seen(this Episode episode, Sighting sighting)
    {
        var at = sighting.ReceivedAt;
        return episode with
        {
            AlertsReceived = episode.AlertsReceived + 1,
            FirstSeenAt = episode.AlertsReceived == 0 ? at : episode.FirstSeenAt,
            LastSeenAt = episode.AlertsReceived == 0 || at - episode.LastSeenAt >= Episode.LastSeenStep
                ? at
                : episode.LastSeenAt,
            StartTime = episode.AlertsReceived == 0 ? Start(sighting) : episode.StartTime,
        };
    }

    private static Episode With(this Episode episode, Fact.AlertStored stored) => stored.Reason switch
    {
        AlertReason.New or AlertReason.Joined => episode.Fires(stored.Sighting),
        AlertReason.StillFiring => episode.IsOpen ? episode.Fires(stored.Sighting) : episode,
        AlertReason.Ended or AlertReason.AutoResolved or AlertReason.Late or AlertReason.NeverOpened =>
            episode.Ends(stored.Sighting),
        AlertReason.Repeated or AlertReason.OutOfOrder or AlertReason.Test or AlertReason.InstancesCapped => episode,
    };

    private static Episode Fires(this Episode episode, Sighting sighting)
    {
        var start = Start(sighting);
        return episode.Put(sighting.Fingerprint, Instance.Firing(sighting)) with
        {
            StartTime = start < episode.StartTime ? start : episode.StartTime,
        };
    }

    /// <summary>An alert may close the incident and yet repeat an end, because its delivery is whole again.</summary>
    private static Episode Ends(this Episode episode, Sighting sighting) =>
        episode.Instances.TryGetValue(sighting.Fingerprint, out var known) && known.KnowsEnd(sighting)
            ? episode
            : episode.Put(sighting.Fingerprint, Instance.Ended(sighting));

    private static Episode Put(this Episode episode, string fingerprint, Instance now)
    {
        var fired = episode.Instances.TryGetValue(fingerprint, out var before) && before.State == AlertState.Firing;
        var fires = now.State == AlertState.Firing;
        return episode with
        {
            Instances = episode.Instances.SetItem(fingerprint, now),
            FiringCount = episode.FiringCount + (fires ? 1 : 0) - (fired ? 1 : 0),
        };
    }

    private static DateTimeOffset Start(Sighting sighting)
    {
        var (latest, earliest) = (sighting.ReceivedAt, sighting.ReceivedAt - OldestStart);
        return sighting.StartsAt > latest ? latest : sighting.StartsAt < earliest ? earliest : sighting.StartsAt;
    }
}
