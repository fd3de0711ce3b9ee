using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Spool;

/// <summary>What is known in memory of the journal: how much waits, and of which keys something does.</summary>
internal sealed class SpoolIndex
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IncidentKey, int> _waiting = [];
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
            return _waiting.ContainsKey(key);
        }
    }

    public void Reset(int setAside)
    {
        lock (_lock)
        {
            _waiting.Clear();
            _keys = 0;
            _figures = new() { SetAside = setAside };
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
