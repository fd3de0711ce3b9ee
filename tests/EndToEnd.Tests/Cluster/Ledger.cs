using System.Diagnostics;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>What became of one request, and when (<see cref="Stopwatch.GetTimestamp"/>).</summary>
internal readonly record struct Heard(Fate Fate, long SentAt, long At)
{
    /// <summary>Slower than this is not how it is when all is well, on a machine that tests keep busy.</summary>
    private static readonly TimeSpan NormalWithin = TimeSpan.FromSeconds(1);

    public TimeSpan Took => Stopwatch.GetElapsedTime(SentAt, At);

    public bool IsNormal => Fate == Fate.Stored && Took < NormalWithin;
}

internal enum Fate
{
    /// <summary>200 with an incident for each alert.</summary>
    Stored = 1,

    /// <summary>202: accepted, and stored later.</summary>
    Spooled,

    /// <summary>Any other answer.</summary>
    Refused,

    /// <summary>The connection broke: stored or not, nobody knows.</summary>
    Unanswered,
}

/// <summary>What senders were told: of every request its answer, and when it came.</summary>
internal sealed class Ledger
{
    private readonly Lock _lock = new();
    private readonly List<(string Mark, string? Incident)> _accepted = [];
    private readonly List<string> _unknown = [];
    private readonly List<string> _refusals = [];
    private readonly List<Heard> _heard = [];
    private int _answered;

    /// <summary>Of each alert its mark, and the incident that the answer names; none when it was spooled. As often as it
    /// was accepted.</summary>
    public IReadOnlyList<(string Mark, string? Incident)> Accepted => Read(() => _accepted.ToList());

    /// <summary>The marks of alerts that may be stored or not: of what was refused a part may be, and who can tell of what
    /// was not answered?</summary>
    public IReadOnlyList<string> Unknown => Read(() => _unknown.ToList());

    /// <summary>Whatever was neither 200 nor 202 with a result for each alert.</summary>
    public IReadOnlyList<string> Refusals => Read(() => _refusals.ToList());

    public IReadOnlyList<Heard> Requests => Read(() => _heard.ToList());

    /// <summary>Requests that were answered, whatever the answer.</summary>
    public int Answered => Read(() => _answered);

    public TimeSpan SlowestAnswer => Requests.Where(static one => one.Fate != Fate.Unanswered).Select(static one => one.Took).DefaultIfEmpty().Max();

    public void Accept(IReadOnlyCollection<(string Mark, string? Incident)> alerts, long sentAt) =>
        Hear(alerts.Any(static alert => alert.Incident is null) ? Fate.Spooled : Fate.Stored, sentAt, () => _accepted.AddRange(alerts));

    public void Refuse(IEnumerable<string> marks, string answer, long sentAt) => Hear(Fate.Refused, sentAt, () =>
    {
        _refusals.Add($"{answer} after {Stopwatch.GetElapsedTime(sentAt).TotalSeconds:0.0} s");
        _unknown.AddRange(marks);
    });

    public void Lose(IEnumerable<string> marks, long sentAt) => Hear(Fate.Unanswered, sentAt, () => _unknown.AddRange(marks));

    /// <summary>The longest time without any answer, from a moment until now.</summary>
    public TimeSpan LongestSilence(long since) => Requests
        .Where(one => one.Fate != Fate.Unanswered && one.At > since)
        .Select(static one => one.At)
        .Append(Stopwatch.GetTimestamp())
        .Order()
        .Aggregate(
            (Last: since, Longest: TimeSpan.Zero),
            static (sofar, at) => (at, Longer(sofar.Longest, Stopwatch.GetElapsedTime(sofar.Last, at))),
            static sofar => sofar.Longest);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private void Hear(Fate fate, long sentAt, Action note)
    {
        lock (_lock)
        {
            note();
            _heard.Add(new(fate, sentAt, Stopwatch.GetTimestamp()));
            _answered += fate == Fate.Unanswered ? 0 : 1;
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
