using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack;

/// <summary>How fast one channel may post: about a message a second, a few at once after a quiet time, and hardly any while
/// they do not get through. Pure.</summary>
internal sealed record ChannelPace(TokenBucket Posts)
{
    private const int AtOnce = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public DateTimeOffset PausedUntil { get; init; }

    public SlackDelay? Why { get; init; }

    /// <summary>Posts in a row that did not get through.</summary>
    public int Failures { get; init; }

    public static ChannelPace Of(SlackOptions options, DateTimeOffset now) => new(new TokenBucket(options.PostsPerMinute / 60.0, AtOnce, AtOnce, now));

    public SlackLease WaitFor(DateTimeOffset now) => PausedUntil > now
        ? new(PausedUntil - now, Why)
        : Posts.WaitFor(now) is var wait && wait > TimeSpan.Zero ? new(wait, SlackDelay.Budget) : SlackLease.Go;

    public ChannelPace Take(DateTimeOffset now) => this with { Posts = Posts.Take(now) };

    public ChannelPace After(CardStep step, CardSettlement settled, DateTimeOffset now) => (step, settled) switch
    {
        (_, { PauseChannel: { } pause }) => Paused(now + pause, SlackDelay.RateLimited),
        (_, { PostFailed: true }) => Paused(now + Backoff, settled.Delay) with { Failures = Failures + 1 },
        (CardStep.Post, { IsTold: true }) => this with { Failures = 0 },
        _ => this,
    };

    private TimeSpan Backoff => TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(Failures, 10))));

    private ChannelPace Paused(DateTimeOffset until, SlackDelay? why) => until > PausedUntil ? this with { PausedUntil = until, Why = why } : this;
}
