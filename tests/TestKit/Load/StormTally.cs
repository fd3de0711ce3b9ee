namespace Incidents.TestKit.Load;

/// <summary>Where a storm stands, for whoever watches it.</summary>
public sealed class StormTally
{
    private readonly Lock _lock = new();
    private Latencies _recent = new();
    private Counted _counted = new();

    public Counted Now
    {
        get
        {
            lock (_lock)
            {
                return _counted;
            }
        }
    }

    public void Add(LedgerEntry entry, bool isLate)
    {
        lock (_lock)
        {
            _recent.Add(TimeSpan.FromSeconds(entry.Ended - entry.Scheduled));
            _counted = _counted with
            {
                Sent = _counted.Sent + 1,
                Alerts = _counted.Alerts + entry.Digests.Count,
                Late = _counted.Late + (isLate ? 1 : 0),
                Stored = _counted.Stored + (entry.IsAccepted && entry.Status != 202 ? 1 : 0),
                Spooled = _counted.Spooled + (entry.Status == 202 ? 1 : 0),
                Refused = _counted.Refused + (entry.Status is not null && !entry.IsAccepted ? 1 : 0),
                Unanswered = _counted.Unanswered + (entry.Status is null ? 1 : 0),
            };
        }
    }

    public void NeverStarted(long arrivals)
    {
        lock (_lock)
        {
            _counted = _counted with { NeverStarted = _counted.NeverStarted + arrivals };
        }
    }

    /// <summary>The latencies since it was last asked.</summary>
    public Latencies TakeRecent()
    {
        lock (_lock)
        {
            return Interlocked.Exchange(ref _recent, new());
        }
    }

    /// <summary>Requests, by how they ended.</summary>
    public sealed record Counted
    {
        public long Sent { get; init; }

        public long Alerts { get; init; }

        /// <summary>Started more than <see cref="Storm.LateAfter"/> after their moment, for want of a connection or of
        /// processor time; their latency counts from that moment all the same.</summary>
        public long Late { get; init; }

        /// <summary>Answered 200.</summary>
        public long Stored { get; init; }

        /// <summary>Answered 202.</summary>
        public long Spooled { get; init; }

        /// <summary>Answered otherwise.</summary>
        public long Refused { get; init; }

        public long Unanswered { get; init; }

        /// <summary>Arrivals whose turn had not come when the storm gave up on the backlog.</summary>
        public long NeverStarted { get; init; }
    }
}
