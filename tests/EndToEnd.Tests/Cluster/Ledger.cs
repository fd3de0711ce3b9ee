using System.Diagnostics;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>What senders were told: of every request its answer, and when it came.</summary>
internal sealed class Ledger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _accepted = [];
    private readonly List<string> _refusals = [];
    private readonly List<long> _answeredAt = [];
    private TimeSpan _slowest;

    /// <summary>The incident that the answer names, by the mark of the alert.</summary>
    public IReadOnlyDictionary<string, string> Accepted => Read(() => new Dictionary<string, string>(_accepted));

    /// <summary>Whatever was not a 200 with a result for each alert.</summary>
    public IReadOnlyList<string> Refusals => Read(() => _refusals.ToList());

    /// <summary>Requests that were answered, whatever the answer.</summary>
    public int Answered => Read(() => _answeredAt.Count);

    public TimeSpan SlowestAnswer => Read(() => _slowest);

    public void Accept(IEnumerable<(string Mark, string Incident)> alerts, TimeSpan took)
    {
        lock (_lock)
        {
            foreach (var (mark, incident) in alerts)
            {
                _accepted.Add(mark, incident);
            }

            Answer(took);
        }
    }

    public void Refuse(string answer, TimeSpan took)
    {
        lock (_lock)
        {
            _refusals.Add(answer);
            Answer(took);
        }
    }

    /// <summary>The longest time without any answer, from a moment (<see cref="Stopwatch.GetTimestamp"/>) until
    /// now.</summary>
    public TimeSpan LongestSilence(long since) => Read(() => _answeredAt
        .Where(at => at > since)
        .Prepend(since)
        .Append(Stopwatch.GetTimestamp())
        .Order()
        .Aggregate(
            (Last: since, Longest: TimeSpan.Zero),
            static (sofar, at) => (at, Longer(sofar.Longest, Stopwatch.GetElapsedTime(sofar.Last, at))),
            static sofar => sofar.Longest));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void Answer(TimeSpan took)
    {
        _answeredAt.Add(Stopwatch.GetTimestamp());
        _slowest = Longer(_slowest, took);
    }

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
