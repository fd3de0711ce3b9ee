using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Spool;

/// <summary>Whether storing is out of order altogether, so that waiting for it is of no use: several keys in a row could
/// not be stored, and none could since. One that is held by somebody is no outage.</summary>
internal sealed class Outage
{
    private const int Keys = 3;

    private readonly Lock _lock = new();
    private readonly HashSet<IncidentKey> _failed = [];
    private volatile int _count;

    public bool IsOn => _count >= Keys;

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
            }
        }
    }
}
