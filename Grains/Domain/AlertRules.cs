using System.Collections.Immutable;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>
/// What one alert does to its key: the episode table of the README, row by row. An alert's own status counts, never
/// its group's, and its absence from a delivery means nothing.
/// </summary>
internal static class AlertRules
{
    public static ImmutableArray<Fact> Decide(
        KeyState key, Sighting sighting, DateTimeOffset now, EpisodeOptions options)
    {
        var decision = new Decision(key, sighting, now, options);
        return sighting switch
        {
            { IsTest: true } => decision.Test(),
            { State: AlertState.Firing } => key.Open is { } open ? decision.Join(open) : decision.FireAgainst(key.Last),
            _ => decision.End(key.Last),
        };
    }

    private readonly record struct Decision(
        KeyState Key, Sighting Sighting, DateTimeOffset Now, EpisodeOptions Options)
    {
        public ImmutableArray<Fact> Test()
        {
            if (Key.Open is not null || (Sighting.State == AlertState.Resolved && Key.Last is not null))
            {
                return [Stored(AlertReason.Test)];
            }

            ImmutableArray<Fact> opening = [Opening(AlertReason.Test), Stored(AlertReason.Test)];
            return Sighting.State == AlertState.Firing ? opening : [.. opening, Resolving(Resolution.Test)];
        }

        /// <summary>Firing, and an incident is open.</summary>
        public ImmutableArray<Fact> Join(Episode open)
        {
            if (open.IsTest)
            {
                // A real alert must not hide in somebody's test.
                return [Resolving(Resolution.Test), .. Open(AlertReason.New)];
            }

            AlertReason reason;
            if (!open.Instances.TryGetValue(Sighting.Fingerprint, out var known))
            {
                reason = open.Instances.Count < Options.MaxInstances ? AlertReason.Joined : AlertReason.InstancesCapped;
            }
            else if (known.KnowsBetterThanFiring(Sighting))
            {
                reason = AlertReason.OutOfOrder;
            }
            else
            {
                reason = known.IsSameFiring(Sighting) ? AlertReason.Repeated : AlertReason.Joined;
            }

            var severity = GroupRules.SeverityWith(open, Sighting, reason, Options.Severities);
            return
            [
                Stored(reason),
                .. GroupRules.Known(open, Sighting, reason, Now),
                .. GroupRules.Severity(open, severity, Now, Options.Severities),
            ];
        }

        /// <summary>Firing, and nothing is open.</summary>
        public ImmutableArray<Fact> FireAgainst(Episode? last)
        {
            if (last is null || !last.Instances.TryGetValue(Sighting.Fingerprint, out var known))
            {
                return Open(AlertReason.New);
            }

            if (known.KnowsBetterThanFiring(Sighting))
            {
                return [Stored(AlertReason.OutOfOrder)];
            }

            if (!known.IsSameFiring(Sighting) || last.Closed is not { Resolution: Resolution.Person } closed)
            {
                return Open(AlertReason.New);
            }

            return Now < closed.At + Options.HoldAfterResolve
                ? [Stored(AlertReason.StillFiring)]
                : Open(AlertReason.StillFiring);
        }

        /// <summary>Resolved.</summary>
        public ImmutableArray<Fact> End(Episode? last)
        {
            if (last is null)
            {
                return
                [
                    Opening(AlertReason.NeverOpened),
                    Stored(AlertReason.NeverOpened),
                    Resolving(Resolution.NeverOpened),
                ];
            }

            var reason = EndReason(last);
            var groups = last.IsOpen ? GroupRules.Known(last, Sighting, reason, Now) : [];
            if (GroupRules.EndsWith(last, Sighting, reason, groups, Options))
            {
                // An alert that is not followed closes the incident under its own reason.
                var closing = reason == AlertReason.InstancesCapped ? reason : AlertReason.AutoResolved;
                return [Stored(closing), .. groups, Resolving(Resolution.Auto)];
            }

            if (!last.IsOpen)
            {
                return [Stored(reason)];
            }

            var severity = GroupRules.SeverityAfter(last, Sighting, reason, groups, Options.Severities);
            return [Stored(reason), .. groups, .. GroupRules.Severity(last, severity, Now, Options.Severities)];
        }

        private AlertReason EndReason(Episode last)
        {
            if (!last.Instances.TryGetValue(Sighting.Fingerprint, out var known))
            {
                return last.Instances.Count < Options.MaxInstances ? AlertReason.Late : AlertReason.InstancesCapped;
            }

            if (known.State == AlertState.Firing)
            {
                return known.KnowsBetterThanEnd(Sighting) ? AlertReason.OutOfOrder : AlertReason.Ended;
            }

            return known.KnowsEnd(Sighting) ? AlertReason.Repeated : AlertReason.Late;
        }

        private ImmutableArray<Fact> Open(AlertReason reason)
        {
            ImmutableArray<Fact> opening = [Opening(reason), Stored(reason)];
            return Sighting.Truncated
                ? [.. opening, new Fact.GroupIncomplete(Sighting.Group, Incompleteness.Truncated, Now)]
                : opening;
        }

        private Fact.Opened Opening(AlertReason reason) => new(
            IncidentId.Next(Key.Key, Key.Last?.Id, Now), Sighting.Severity, Sighting.IsTest, reason, Now);

        private Fact.AlertStored Stored(AlertReason reason) => new(Sighting, reason);

        private Fact.Resolved Resolving(Resolution resolution) =>
            new(new Closure(Now, resolution, null, null, null, null, null), null);
    }
}
