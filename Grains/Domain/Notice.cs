using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>What a change makes worth telling of one incident.</summary>
/// <param name="Revision">What people should see.</param>
/// <param name="Severity">The highest it ever had: it decides where it is told.</param>
internal sealed record Notice(IncidentId IncidentId, NoticeKind Kind, int Revision, string Severity)
{
    /// <summary>Those of one key; none for what only alerts changed: counts are no news.</summary>
    public static IEnumerable<Notice> Of(KeyChange change)
    {
        foreach (var opened in change.Opened)
        {
            if (opened.Closed?.Resolution != Resolution.NeverOpened)
            {
                yield return Of(opened, NoticeKind.Raised);
            }
        }

        if (change is { Before.Last: { } before, Updated: { } now } && now.Revision != before.Revision)
        {
            var raised = change.Options.Severities.IsHigher(now.PeakSeverity, before.PeakSeverity);
            yield return Of(now, !now.IsOpen ? NoticeKind.Closed : raised ? NoticeKind.Raised : NoticeKind.Changed);
        }

        foreach (var amended in change.Amended)
        {
            yield return Of(amended, NoticeKind.Closed);
        }
    }

    private static Notice Of(Episode episode, NoticeKind kind) => new(episode.Id, kind, episode.Revision, episode.PeakSeverity);
}

internal enum NoticeKind
{
    /// <summary>Opened, or more severe than ever: wants a message of its own, since nobody hears of an edit.</summary>
    Raised = 1,

    /// <summary>Open, and other than before: its message is edited.</summary>
    Changed,

    /// <summary>As <see cref="Changed"/>, of a resolved incident. Of one that was never told of nothing is said.</summary>
    Closed,
}
