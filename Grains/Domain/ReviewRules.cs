using System.Collections.Immutable;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>What time alone does to an open incident.</summary>
internal static class ReviewRules
{
    public static ImmutableArray<Fact> Decide(KeyState key, DateTimeOffset now, EpisodeOptions options)
    {
        if (key.Open is not { } open || open.DueAt(options) is not { } due || due > now)
        {
            return [];
        }

        var resolution = open.IsTest ? Resolution.Test : Resolution.Stale;
        return [new Fact.Resolved(new Closure(now, resolution, null, null, null, null, null), null)];
    }
}
