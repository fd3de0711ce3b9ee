using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>One alert as the rules see it: with its delivery, a listed severity and times that can be compared.</summary>
internal sealed record Sighting
{
    /// <summary>A start that is further ahead of its receipt is no clock that is a bit wrong. Believed, it would make all
    /// that follows look old, and the series would never end.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromHours(1);

    public required string Fingerprint { get; init; }

    public required AlertState State { get; init; }

    public required string Severity { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>As sent (it names the firing, so it is never moved), or when received if it cannot be read or believed.</summary>
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>The sender said when it started, so two firings can be told apart.</summary>
    public bool StartIsKnown { get; init; } = true;

    /// <summary>Of a resolved alert: when it ended, never later than received, so that a wrong clock cannot make the
    /// future look known.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public bool IsTest { get; init; }

    public required string Group { get; init; }

    /// <summary>The sender left alerts of the group out of this delivery.</summary>
    public bool Truncated { get; init; }

    /// <summary>Some alert of this key fires in this delivery.</summary>
    public bool AnyFiring { get; init; }

    public static Sighting Of(AlertBatch batch, Alert alert, bool anyFiring, SeverityScale severities)
    {
        var start = alert.StartsAt is { } sent && sent - batch.ReceivedAt <= MostAhead ? sent : (DateTimeOffset?)null;
        return new()
        {
            Fingerprint = alert.Fingerprint,
            State = alert.State,
            Severity = severities.Normalize(alert.Severity),
            ReceivedAt = batch.ReceivedAt,
            StartsAt = start ?? batch.ReceivedAt,
            StartIsKnown = start is not null,
            EndedAt = alert.State == AlertState.Firing
                ? null
                : alert.EndsAt is { } ends && ends < batch.ReceivedAt ? ends : batch.ReceivedAt,
            IsTest = batch.IsTest,
            Group = batch.Group,
            Truncated = batch.Truncated,
            AnyFiring = anyFiring,
        };
    }
}
