using System.Collections.Concurrent;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Spool;

/// <summary>Once through all that waits: what could be stored so far, and which keys could not.</summary>
internal sealed class ReplayPass(int number, ChainSender sender)
{
    /// <summary>So many keys are tried at once before all are.</summary>
    private const int Probes = 8;

    /// <summary>So many keys, or windows, without one success are enough to know that nothing can be stored now.</summary>
    private const int Enough = 16;
    private const int EnoughWindows = 4;

    private readonly ConcurrentDictionary<IncidentKey, bool> _blocked = [];
    private int _stored;
    private int _windows;

    /// <summary>Keys that could not be stored: what follows at them waits too.</summary>
    public IReadOnlySet<IncidentKey> Blocked => _blocked.Keys.ToHashSet();

    public bool StoredAny => _stored > 0;

    public bool IsHopeless => _stored == 0 && (_blocked.Count >= Enough || (_blocked.Count >= Probes && _windows >= EnoughWindows));

    /// <param name="atOnce">Keys.</param>
    public async Task Send(IReadOnlyList<ReplayItem> items, int atOnce, CancellationToken cancel)
    {
        _windows++;
        var chains = Turned(ReplayChain.Of(items, Blocked));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel };
        for (var from = 0; from < chains.Count && !IsHopeless;)
        {
            var some = chains.Skip(from).Take(StoredAny ? chains.Count : Probes).ToList();
            await Parallel.ForEachAsync(some, parallel, Send);
            from += some.Count;
        }
    }

    private async ValueTask Send(ReplayChain chain, CancellationToken cancel)
    {
        var (done, whole) = await sender.Send(chain, cancel);
        Interlocked.Add(ref _stored, done);
        if (!whole)
        {
            _blocked[chain.Key] = true;
        }
    }

    /// <summary>Each pass begins elsewhere: a few keys that somebody holds must not be all that is ever probed.</summary>
    private IReadOnlyList<ReplayChain> Turned(IReadOnlyList<ReplayChain> chains)
    {
        var turn = chains.Count == 0 ? 0 : number * Probes % chains.Count;
        return [.. chains.Skip(turn), .. chains.Take(turn)];
    }
}
