using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Pages;

/// <summary>How often an incident's key opened, and how it ended: what people ask first.</summary>
/// <param name="InWeek">Of its key, in the seven days before and with it.</param>
/// <param name="IsMore">There may be more: no more were read.</param>
/// <param name="Median">How long the earlier ones took; null when there was none.</param>
public sealed record Earlier(int InWeek, bool IsMore, TimeSpan? Median, EpisodeRow? Last, IReadOnlyList<EpisodeRow> Shown)
{
    public const int MostRead = 200;
    private const int MostShown = 10;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <param name="opened">When the incident itself was first heard of.</param>
    /// <param name="before">The earlier ones, the newest first; at most <see cref="MostRead"/>.</param>
    public static Earlier Of(DateTime opened, IReadOnlyList<EpisodeRow> before)
    {
        var inWeek = before.Count(episode => opened - episode.FirstSeenAt <= Week);
        return new(inWeek + 1, inWeek == MostRead, MedianOf(before), before.Count > 0 ? before[0] : null, [.. before.Take(MostShown)]);
    }

    private static TimeSpan? MedianOf(IReadOnlyList<EpisodeRow> episodes)
    {
        TimeSpan[] took = [.. episodes.Select(static episode => episode.Took).Order()];
        return took.Length == 0 ? null
            : took.Length % 2 == 1 ? took[took.Length / 2]
            : (took[(took.Length / 2) - 1] + took[took.Length / 2]) / 2;
    }
}
