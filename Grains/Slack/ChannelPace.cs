using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack;

/// <summary>How fast one channel may post: about a message a second, a few at once after a quiet time. Pure.</summary>
internal sealed record ChannelPace(TokenBucket Posts, DateTimeOffset PausedUntil)
{
    private const int AtOnce = 3;

    public static ChannelPace Of(SlackOptions options, DateTimeOffset now) =>
        new(new(options.PostsPerMinute / 60.0, AtOnce, AtOnce, now), default);

    public (TimeSpan Wait, SlackDelay? Why) WaitFor(DateTimeOffset now) => PausedUntil > now
        ? (PausedUntil - now, SlackDelay.RateLimited)
        : Posts.WaitFor(now) is var wait && wait > TimeSpan.Zero ? (wait, SlackDelay.Budget) : default;

    public ChannelPace Take(DateTimeOffset now) => this with { Posts = Posts.Take(now) };

    public ChannelPace Paused(DateTimeOffset until) => this with { PausedUntil = until > PausedUntil ? until : PausedUntil };
}
