using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Incidents.Grains.Interfaces;

/// <summary>Passes on what silos commit to every WebFront; one for the whole cluster. It keeps nothing: whatever is lost with
/// it, WebFronts find in MySQL.</summary>
[GrainInterfaceType("live"), Alias("live-grain")]
public interface ILiveGrain : IGrainWithStringKey
{
    const string Key = "live";

    /// <summary>Incidents in one batch; a silo with more to say says that it left something out.</summary>
    const int MostAtOnce = 500;

    /// <summary>A silo's news.</summary>
    /// <param name="missedSince">When the oldest change was decided that the silo left out since it was last heard; null when
    /// nothing was.</param>
    /// <returns>False when nobody listens: then it need not come again soon.</returns>
    [Alias("publish"), ResponseTimeout("00:00:05")]
    Task<bool> Publish(ImmutableArray<IncidentNews> news, DateTimeOffset? missedSince);

    /// <summary>From now on this WebFront hears of what is published, for 15 s: it says so again every 5 s.</summary>
    /// <returns>Null when there are too many.</returns>
    [Alias("subscribe"), ResponseTimeout("00:00:05")]
    Task<LiveStanding?> Subscribe(ILiveObserver observer);

    /// <summary>It stops.</summary>
    [Alias("unsubscribe"), ResponseTimeout("00:00:02")]
    Task Unsubscribe(ILiveObserver observer);
}

/// <summary>A WebFront.</summary>
[Alias("live-observer")]
public interface ILiveObserver : IGrainObserver
{
    /// <summary>Nobody waits for it, and it may be lost: see <see cref="LiveStanding"/>.</summary>
    [Alias("hear"), OneWay]
    Task Hear(LiveBatch batch);
}

/// <summary>Where the feed is. Of one epoch each batch has the next number, so one that is lost is noticed.</summary>
/// <param name="Epoch">Of the grain's activation.</param>
/// <param name="Sequence">Of the last batch.</param>
[GenerateSerializer, Immutable, Alias("live-standing")]
public readonly record struct LiveStanding([property: Id(0)] Guid Epoch, [property: Id(1)] long Sequence);

/// <param name="MissedSince">Something was left out that was decided then or later: MySQL knows what.</param>
[GenerateSerializer, Immutable, Alias("live-batch")]
public sealed record LiveBatch(
    [property: Id(0)] LiveStanding Standing,
    [property: Id(1)] ImmutableArray<IncidentNews> News,
    [property: Id(2)] DateTimeOffset? MissedSince);
