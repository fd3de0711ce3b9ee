using System.Collections.Immutable;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>What an alert does to its incident as a whole: which groups are fully known, how severe it is, whether
/// it is over.</summary>
internal static class GroupRules
{
    /// <summary>
    /// A truncated delivery, or more series than are followed, leaves a group incomplete; a whole delivery of the
    /// same group completes it again (after capping: one in which no alert of the key fires).
    /// </summary>
    public static ImmutableArray<Fact> Known(Episode open, Sighting sighting, AlertReason reason, DateTimeOffset now)
    {
        var (group, groups) = (sighting.Group, open.Incomplete);
        var facts = ImmutableArray.CreateBuilder<Fact>(0);
        var capped = reason == AlertReason.InstancesCapped && sighting.State == AlertState.Firing;
        if (capped && !groups.Contains(group, Incompleteness.InstancesCapped))
        {
            facts.Add(new Fact.GroupIncomplete(group, Incompleteness.InstancesCapped, now));
        }

        if (sighting.Truncated && !groups.Contains(group, Incompleteness.Truncated))
        {
            facts.Add(new Fact.GroupIncomplete(group, Incompleteness.Truncated, now));
        }

        if (!sighting.Truncated && groups.Mentions(group, Incompleteness.Truncated))
        {
            facts.Add(new Fact.GroupComplete(group, Incompleteness.Truncated, now));
        }

        var allOver = !sighting.Truncated && !sighting.AnyFiring;
        if (allOver && groups.Mentions(group, Incompleteness.InstancesCapped))
        {
            facts.Add(new Fact.GroupComplete(group, Incompleteness.InstancesCapped, now));
        }

        return facts.ToImmutable();
    }

    /// <summary>Whether the incident resolves by itself with this resolved alert.</summary>
    public static bool EndsWith(
        Episode last, Sighting sighting, AlertReason reason, ImmutableArray<Fact> groups, EpisodeOptions options)
    {
        if (!last.IsOpen || last.IsTest || !options.AutoResolve || reason == AlertReason.OutOfOrder)
        {
            return false;
        }

        var known = groups.Aggregate(last, static (episode, fact) => episode.Apply(fact));
        var stillFiring = last.FiringCount - (reason == AlertReason.Ended ? 1 : 0);
        return stillFiring == 0 && known.Incomplete.IsEmpty;
    }

    /// <summary>The severity once a firing alert is counted in.</summary>
    public static string SeverityWith(Episode open, Sighting sighting, AlertReason reason, SeverityScale scale)
    {
        if (reason is not (AlertReason.Joined or AlertReason.InstancesCapped))
        {
            return open.Severity;
        }

        if (open.FiringCount == 0 && !open.Incomplete.AnyCapped)
        {
            return sighting.Severity;
        }

        // Only a series that fires anew with a lower severity of its own can lower the whole.
        var lowers = open.Instances.TryGetValue(sighting.Fingerprint, out var before)
            && before.State == AlertState.Firing
            && scale.IsHigher(before.Severity, sighting.Severity);
        var others = lowers ? SeverityWithout(open, sighting.Fingerprint, scale, sighting.Severity) : open.Severity;
        return scale.Highest(others, sighting.Severity);
    }

    /// <summary>The severity once a resolved alert, and what it tells of its group, is counted in.</summary>
    public static string SeverityAfter(
        Episode open, Sighting sighting, AlertReason reason, ImmutableArray<Fact> groups, SeverityScale scale)
    {
        var ended = reason == AlertReason.Ended ? sighting.Fingerprint : null;
        var known = groups.Aggregate(open, static (episode, fact) => episode.Apply(fact));
        if (open.Incomplete.AnyCapped && !known.Incomplete.AnyCapped)
        {
            // The series beyond the cap are over, so what they made of the severity is too.
            return HighestFiring(open, ended, scale) ?? open.Severity;
        }

        return ended is null ? open.Severity : SeverityWithout(open, ended, scale);
    }

    public static ImmutableArray<Fact> Severity(
        Episode open, string severity, DateTimeOffset now, SeverityScale scale) => severity == open.Severity
        ? []
        : [new Fact.SeverityChanged(open.Severity, severity, scale.Highest(open.PeakSeverity, severity), now)];

    /// <summary>The highest severity that fires without one series; when none does, what it was.</summary>
    private static string SeverityWithout(Episode open, string fingerprint, SeverityScale scale, string? floor = null)
    {
        // Series beyond the cap are not followed, so nothing is known to have become better.
        var unchanged = open.Incomplete.AnyCapped
            || scale.IsHigher(open.Severity, open.Instances[fingerprint].Severity);
        return unchanged ? open.Severity : HighestFiring(open, fingerprint, scale, floor) ?? open.Severity;
    }

    private static string? HighestFiring(Episode open, string? without, SeverityScale scale, string? floor = null) =>
        open.Instances
            .Where(i => i.Value.State == AlertState.Firing && i.Key != without)
            .Aggregate(floor, (highest, i) => highest is null ? i.Value.Severity : scale.Highest(highest, i.Value.Severity));
}
