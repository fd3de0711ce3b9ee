using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>By how many the incidents of one kind become more, or fewer.</summary>
internal readonly record struct CountChange(IncidentStatus Status, string Severity, bool IsTest, int By)
{
    /// <summary>What a packet's changes come to, without what cancels out.</summary>
    public static IReadOnlyList<CountChange> Of(IReadOnlyList<KeyChange> changes) =>
    [
        .. changes.SelectMany(Each)
            .GroupBy(static one => one with { By = 0 }, static (kind, all) => kind with { By = all.Sum(static one => one.By) })
            .Where(static one => one.By != 0),
    ];

    /// <summary>An incident that is amended later keeps its status and severity.</summary>
    private static IEnumerable<CountChange> Each(KeyChange change)
    {
        if (change.Updated is { } updated)
        {
            yield return Of(change.Before.Last!, -1);
            yield return Of(updated, 1);
        }

        foreach (var opened in change.Opened)
        {
            yield return Of(opened, 1);
        }
    }

    private static CountChange Of(Episode episode, int by) => new(episode.Status, episode.Severity, episode.IsTest, by);
}
