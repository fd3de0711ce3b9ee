namespace Incidents.Grains.Slack;

/// <summary>So many a second, and some at once after a quiet time. Pure.</summary>
/// <param name="PerSecond">How fast it fills.</param>
/// <param name="Capacity">How many may go at once; at least one.</param>
internal readonly record struct TokenBucket(double PerSecond, double Capacity, double Level, DateTimeOffset At)
{
    private const int MostAtOnce = 10;

    /// <summary>Never more than <paramref name="perMinute"/> within any minute: at most a fifth at once, four fifths evenly.</summary>
    public static TokenBucket WithinMinute(int perMinute, DateTimeOffset now)
    {
        var capacity = Math.Clamp(perMinute * 0.2, 1, MostAtOnce);
        return new(perMinute * 0.8 / 60, capacity, capacity, now);
    }

    /// <summary>Zero when one is there; else how long until it is.</summary>
    /// <param name="keep">So many are left for others.</param>
    public TimeSpan WaitFor(DateTimeOffset now, double keep = 0)
    {
        var missing = 1 + Math.Min(keep, Capacity - 1) - LevelAt(now);
        return missing <= 1e-6 ? TimeSpan.Zero : TimeSpan.FromSeconds(missing / PerSecond);
    }

    public TokenBucket Take(DateTimeOffset now) => this with { Level = LevelAt(now) - 1, At = Later(now) };

    private double LevelAt(DateTimeOffset now) => Math.Min(Capacity, Level + ((Later(now) - At).TotalSeconds * PerSecond));

    // A clock that was set back gives nothing away.
    private DateTimeOffset Later(DateTimeOffset now) => now > At ? now : At;
}
