using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Spool;

/// <summary>Whether storing is out of order altogether, so that waiting for it is of no use: several keys in a row could
/// not be stored, and none could since. One that is held by somebody is no outage.</summary>
internal sealed class Outage(TimeProvider clock)
{
    private const int Keys = 3;

    /// <summary>During an outage one delivery in so long is tried all the same: it may be over, and the spool, whose
    /// replay finds that out too, may be empty or broken.</summary>
    private static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<IncidentKey> _failed = [];
    private volatile int _count;
    private long _tried;

    public bool IsOn => _count >= Keys;

    /// <summary>The one who asks shall not wait for being stored.</summary>
    public bool TurnsAway()
    {
        if (!IsOn)
        {
            return false;
        }

        var (last, now) = (Volatile.Read(ref _tried), clock.GetTimestamp());
        return clock.GetElapsedTime(last, now) < TryEvery || Interlocked.CompareExchange(ref _tried, now, last) != last;
    }

    public void Stored()
    {
        if (_count > 0)
        {
            lock (_lock)
            {
                _failed.Clear();
                _count = 0;
            }
        }
    }

    public void NotStored(IncidentKey key)
    {
        if (!IsOn)
        {
            lock (_lock)
            {
                _failed.Add(key);
                _count = _failed.Count;
                Volatile.Write(ref _tried, clock.GetTimestamp());
            }
        }
    }
}
