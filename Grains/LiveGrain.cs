using System.Collections.Immutable;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains;

/// <summary>Numbers what silos publish and passes it on at once, waiting for nobody. Without any state.</summary>
[GrainType("live")]
internal sealed class LiveGrain(TimeProvider clock) : Grain, ILiveGrain
{
    private const int MostObservers = 64;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(15);

    private readonly Dictionary<ILiveObserver, long> _heard = [];
    private LiveStanding _standing = new(Guid.NewGuid(), 0);

    public Task<bool> Publish(ImmutableArray<IncidentNews> news, DateTimeOffset? missedSince)
    {
        Forget();
        _standing = _standing with { Sequence = _standing.Sequence + 1 };
        var batch = new LiveBatch(_standing, news, missedSince);
        foreach (var observer in _heard.Keys)
        {
            observer.Hear(batch).Ignore(); // one-way: it is done once it is on its way
        }

        return Task.FromResult(_heard.Count > 0);
    }

    public Task<LiveStanding?> Subscribe(ILiveObserver observer)
    {
        Forget();
        if (_heard.Count >= MostObservers && !_heard.ContainsKey(observer))
        {
            return Task.FromResult<LiveStanding?>(null);
        }

        _heard[observer] = clock.GetTimestamp();
        return Task.FromResult<LiveStanding?>(_standing);
    }

    public Task Unsubscribe(ILiveObserver observer)
    {
        _heard.Remove(observer);
        return Task.CompletedTask;
    }

    private void Forget()
    {
        foreach (var gone in _heard.Where(one => clock.GetElapsedTime(one.Value) > Kept).Select(static one => one.Key).ToList())
        {
            _heard.Remove(gone);
        }
    }
}
