using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack;

/// <summary>Incidents of a channel whose counts moved since they were told, in the order in which they did; each is told
/// no more often than every so long. Forgets what is too much: the sweep compares counts with MySQL.</summary>
internal sealed class MovedCounts(TimeSpan every)
{
    private const int Most = 10_000;

    private readonly Dictionary<IncidentId, DateTimeOffset> _toldAt = [];
    private readonly LinkedList<IncidentId> _order = new();
    private readonly HashSet<IncidentId> _moved = [];

    public void Add(IEnumerable<IncidentId> incidents)
    {
        foreach (var incident in incidents)
        {
            if (_moved.Count < Most && _moved.Add(incident))
            {
                _order.AddLast(incident);
            }
        }
    }

    /// <summary>Takes out the first that may be told now: what moves from here on moves anew.</summary>
    public List<IncidentId> Take(DateTimeOffset now, int most)
    {
        List<IncidentId> due = [.. _order.Where(incident => DueAt(incident) <= now).Take(most)];
        foreach (var incident in due)
        {
            _moved.Remove(incident);
            _order.Remove(incident);
        }

        return due;
    }

    /// <summary>Those that were not told after all; they keep their places.</summary>
    public void PutBack(IReadOnlyList<IncidentId> incidents)
    {
        foreach (var incident in incidents.Reverse())
        {
            if (!_moved.Add(incident))
            {
                _order.Remove(incident);
            }

            _order.AddFirst(incident);
        }
    }

    /// <summary>How long until one may be told; null when none moved.</summary>
    public TimeSpan? WaitFor(DateTimeOffset now) => _order.Count == 0
        ? null
        : TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, _order.Min(i => DueAt(i) - now).Ticks));

    public void Told(IncidentId incident, DateTimeOffset now)
    {
        _toldAt[incident] = now;
        foreach (var old in _toldAt.Where(one => now - one.Value > every).Select(static one => one.Key).ToList())
        {
            _toldAt.Remove(old);
        }
    }

    private DateTimeOffset DueAt(IncidentId incident) =>
        _toldAt.TryGetValue(incident, out var told) ? told + every : DateTimeOffset.MinValue;
}
