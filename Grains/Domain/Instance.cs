using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>One alerting series within an incident, as of its last change of state.</summary>
/// <param name="StartsAt">Since when it fires, as sent.</param>
/// <param name="EndedAt">When it ended, at the latest when that was received; null while it fires.</param>
internal readonly record struct Instance(
    AlertState State,
    string Severity,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset LastSeenAt)
{
    public static Instance Firing(Sighting sighting) =>
        new(AlertState.Firing, sighting.Severity, sighting.StartsAt, null, sighting.ReceivedAt);

    public static Instance Ended(Sighting sighting) =>
        new(AlertState.Resolved, sighting.Severity, sighting.StartsAt, sighting.EndedAt, sighting.ReceivedAt);

    /// <summary>
    /// Whether a firing sighting tells something older than what is known: the firing that already ended here, or
    /// one before it. Senders repeat, and a resolved may overtake its firing.
    /// </summary>
    public bool KnowsBetterThanFiring(Sighting sighting) => EndedAt is { } ended
        ? sighting.StartsAt == StartsAt || sighting.StartsAt <= ended
        : sighting.StartsAt < StartsAt;

    /// <summary>Whether a firing sighting is the firing that is on, once more. Without a start it cannot be another.</summary>
    public bool IsSameFiring(Sighting sighting) =>
        State == AlertState.Firing && (sighting.StartsAt == StartsAt || !sighting.StartIsKnown);

    /// <summary>Whether a resolved sighting ends an earlier firing than the one that is on.</summary>
    public bool KnowsBetterThanEnd(Sighting sighting) =>
        sighting.EndedAt < StartsAt && sighting.StartsAt != StartsAt;

    /// <summary>Whether a resolved sighting tells an end that is known, or an older one; if it is newer, the firing in
    /// between was missed.</summary>
    public bool KnowsEnd(Sighting sighting) => State == AlertState.Resolved
        && !(sighting.EndedAt > EndedAt && sighting.StartsAt > StartsAt);
}
