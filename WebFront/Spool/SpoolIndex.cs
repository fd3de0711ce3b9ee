using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Spool;

/// <summary>What is known in memory of the journal: how much waits, and of which keys something does.</summary>
internal sealed class SpoolIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IncidentKey, int> _waiting = [];
    private readonly HashSet<IncidentKey> _leaving = [];
    private SpoolFigures _figures;
    private volatile int _keys;

    public SpoolFigures Figures
    {
        get
        {
            lock (_lock)
            {
                return _figures;
            }
        }
    }

    /// <summary>A delivery with alerts of this key waits: what comes later queues behind it.</summary>
    public bool Holds(IncidentKey key)
    {
        if (_keys == 0)
        {
            return false;
        }

        lock (_lock)
        {
            return _waiting.ContainsKey(key) && !_leaving.Contains(key);
        }
    }

    /// <summary>The last that waits of this key is on its way to the grain: what comes now comes after it there. Without
    /// this a key to which something comes all the time would never be free again.</summary>
    /// <param name="links">How many are on their way.</param>
    public void Leaves(IncidentKey key, int links)
    {
        lock (_lock)
        {
            if (_waiting.GetValueOrDefault(key) == links)
            {
                _leaving.Add(key);
            }
        }
    }

    /// <summary>They did not get there.</summary>
    public void Stays(IncidentKey key)
    {
        lock (_lock)
        {
            _leaving.Remove(key);
        }
    }

    public void Reset(int setAside)
    {
        lock (_lock)
        {
            _waiting.Clear();
            _leaving.Clear();
            _keys = 0;
            _figures = new() { SetAside = setAside, IsBroken = _figures.IsBroken };
        }
    }

    public void Broken(bool isBroken)
    {
        lock (_lock)
        {
            _figures = _figures with { IsBroken = isBroken };
        }
    }

    /// <param name="bytes">With the body, which need not be there.</param>
    public void Add(JournalEntry entry, long bytes)
    {
        lock (_lock)
        {
            Count(entry.Waiting, 1);
            _figures = _figures with
            {
                Deliveries = _figures.Deliveries + 1,
                Bytes = _figures.Bytes + bytes,
                OldestAt = _figures.OldestAt ?? entry.Arrival.At,
            };
        }
    }

    /// <summary>Some are there of which no more is known.</summary>
    public void AddUnreadable(int deliveries)
    {
        lock (_lock)
        {
            _figures = _figures with { Deliveries = _figures.Deliveries + deliveries, Stuck = _figures.Stuck + deliveries };
        }
    }

    /// <param name="oldestAt">Of what waits from now on.</param>
    public void Settle(IEnumerable<JournalProgress> progress, DateTimeOffset? oldestAt)
    {
        lock (_lock)
        {
            foreach (var (row, left, stuck) in progress)
            {
                Count(row.Entry.Waiting, -1);
                Count(stuck is null && left is not null ? left.Waiting : [], 1);
                _figures = _figures with
                {
                    Deliveries = _figures.Deliveries - (left is null ? 1 : 0),
                    Bytes = _figures.Bytes - row.Entry.Bytes + (left?.Bytes ?? 0),
                    Stuck = _figures.Stuck + (stuck is null ? 0 : 1),
                };
            }

            _figures = _figures with { OldestAt = oldestAt };
        }
    }

    private void Count(IReadOnlyList<IncidentKey> keys, int by)
    {
        foreach (var key in keys)
        {
            _leaving.Remove(key); // of another number than the one that leaves
            var now = _waiting.GetValueOrDefault(key) + by;
            if (now > 0)
            {
                _waiting[key] = now;
            }
            else
            {
                _waiting.Remove(key);
            }
        }

        _keys = _waiting.Count;
    }
}
