using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Live;

/// <summary>
/// The newest state of each incident that changed lately, in the order in which this WebFront heard of it. One for all viewers:
/// each remembers only how far it has read. Bounded; who has not read what had to make room has fallen behind, and is told so
/// instead of being served a gap.
/// </summary>
internal sealed class LiveLog(int room, TimeProvider clock)
{
    /// <summary>How far back whoever was away looks: a change may be dated five seconds early (the step of <c>updated_at</c>),
    /// is committed a moment after it is dated, and clocks differ.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly LinkedList<LiveEntry> _entries = [];
    private readonly Dictionary<string, LinkedListNode<LiveEntry>> _of = new(StringComparer.Ordinal);
    private TaskCompletionSource _next = Promise();
    private LiveView? _view;
    private long _latest;
    private long _lost;
    private DateTimeOffset? _completeSince;

    /// <summary>Completes with whatever comes next.</summary>
    public Task Next
    {
        get
        {
            lock (_lock)
            {
                return _next.Task;
            }
        }
    }

    public long Latest
    {
        get
        {
            lock (_lock)
            {
                return _latest;
            }
        }
    }

    /// <summary>Goes up now and then, so that viewers hear that all is well.</summary>
    public long Beats { get; private set; }

    /// <summary>All that was committed until then, dated not more than <see cref="Overlap"/> before, has been heard of.</summary>
    public DateTimeOffset SoundAt { get; private set; }

    /// <summary>Only what is newer than what is known.</summary>
    /// <returns>How many.</returns>
    public int Add(IEnumerable<IncidentRow> rows)
    {
        lock (_lock)
        {
            var before = _latest;
            var now = clock.GetUtcNow();
            foreach (var row in rows)
            {
                Put(row, now);
            }

            if (_latest > before)
            {
                Signal();
            }

            return (int)(_latest - before);
        }
    }

    /// <summary>As of then nothing is missing. The first time, whatever was before is not here.</summary>
    public void Sound(DateTimeOffset at)
    {
        lock (_lock)
        {
            SoundAt = at;
            _completeSince ??= at;
        }
    }

    public void Beat()
    {
        lock (_lock)
        {
            Beats++;
            Signal();
        }
    }

    /// <summary>More is missing than can be read: nobody can go on from here.</summary>
    public void Break()
    {
        lock (_lock)
        {
            _lost = ++_latest;
            _completeSince = clock.GetUtcNow();
            Signal();
        }
    }

    /// <summary>Where to read on for whoever knows all until then; null when that is no longer, or not yet, here.</summary>
    public long? From(DateTimeOffset since)
    {
        var from = since - Overlap;
        lock (_lock)
        {
            if (_completeSince is not { } complete || from < complete)
            {
                return null;
            }

            var number = _latest;
            for (var node = _entries.Last; node is not null && node.Value.At >= from; node = node.Previous)
            {
                number = node.Value.Number - 1;
            }

            return number;
        }
    }

    /// <summary>What came after it; null when some of that is no longer here.</summary>
    public LiveView? After(long number)
    {
        lock (_lock)
        {
            if (number < _lost)
            {
                return null;
            }

            if (_view is not { } view || view.After != number || view.Latest != _latest)
            {
                var entries = new List<LiveEntry>();
                for (var node = _entries.Last; node is not null && node.Value.Number > number; node = node.Previous)
                {
                    entries.Add(node.Value);
                }

                entries.Reverse();
                _view = view = new(number, _latest, SoundAt, entries);
            }

            return view;
        }
    }

    private void Put(IncidentRow row, DateTimeOffset now)
    {
        if (_of.TryGetValue(row.IncidentId, out var known))
        {
            if (known.Value.Row.Change >= row.Change)
            {
                return;
            }

            _entries.Remove(known);
        }
        else if (_of.Count >= room)
        {
            var oldest = _entries.First!.Value;
            _entries.RemoveFirst();
            _of.Remove(oldest.Row.IncidentId);
            _lost = oldest.Number;
            _completeSince = oldest.At > _completeSince ? oldest.At : _completeSince;
        }

        _of[row.IncidentId] = _entries.AddLast(new LiveEntry(++_latest, now, row));
    }

    private void Signal()
    {
        var next = _next;
        _next = Promise();
        next.SetResult();
    }

    private static TaskCompletionSource Promise() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
