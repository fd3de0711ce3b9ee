using System.Collections.Immutable;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack;

/// <summary>What one token may do now, in all its channels. Pure.</summary>
internal sealed record WorkspaceBudget
{
    /// <summary>So much of the edits at once is kept for changes of state.</summary>
    private const double KeptFromCounts = 0.5;

    /// <summary>Who waits asks again at least every second; who does not has nothing to say any more.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan TurnComesWithin = TimeSpan.FromMilliseconds(250);

    public required TokenBucket Posts { get; init; }

    public required TokenBucket Edits { get; init; }

    public required TokenBucket Searches { get; init; }

    public required TimeSpan RetryEvery { get; init; }

    public DateTimeOffset EditsPausedUntil { get; init; }

    public DateTimeOffset SearchesPausedUntil { get; init; }

    public DateTimeOffset TokenRetryAt { get; init; }

    /// <summary>In Slack's words; null when the token is sound as far as known.</summary>
    public string? TokenError { get; init; }

    /// <summary>Channels that were told to wait, and when they last asked: the first comes first, so that one with little to
    /// say does not wait for one with much.</summary>
    public ImmutableList<(SlackUse Use, string Channel, DateTimeOffset At)> Line { get; init; } = [];

    public static WorkspaceBudget Of(SlackOptions options, DateTimeOffset now) => new()
    {
        Posts = TokenBucket.WithinMinute(options.AllPostsPerMinute, now),
        Edits = TokenBucket.WithinMinute(options.EditsPerMinute, now),
        Searches = TokenBucket.WithinMinute(options.SearchesPerMinute, now),
        RetryEvery = options.RetryEvery,
    };

    public (WorkspaceBudget After, SlackLease Lease) Lease(SlackUse use, string channel, DateTimeOffset now)
    {
        if (TokenError is not null && TokenRetryAt > now)
        {
            return (this, new(TokenRetryAt - now, SlackDelay.TokenBroken));
        }

        if (PausedUntil(use) is var until && until > now)
        {
            return (this, new(until - now, SlackDelay.RateLimited));
        }

        var bucket = Bucket(use);
        var wait = bucket.WaitFor(now, use == SlackUse.Counts ? bucket.Capacity * KeptFromCounts : 0);
        var line = Line.RemoveAll(one => now - one.At > Remembered || one.At > now);
        var isFirst = use == SlackUse.Counts ? !line.Any(static one => one.Use == SlackUse.State)
            : line.FirstOrDefault(one => one.Use == use) is not { Channel: { } first } || first == channel;
        if (wait > TimeSpan.Zero || !isFirst)
        {
            return (this with { Line = use == SlackUse.Counts ? line : InLine(line, use, channel, now) },
                new(wait > TimeSpan.Zero ? wait : TurnComesWithin, SlackDelay.Budget));
        }

        // A refused token is tried by one call at a time.
        var after = TokenError is null ? this : this with { TokenRetryAt = now + RetryEvery };
        return (after.Taken(use, bucket.Take(now)) with { Line = line.RemoveAll(one => one.Use == use && one.Channel == channel) }, SlackLease.Go);
    }

    public WorkspaceBudget With(SlackTrouble trouble, DateTimeOffset now) => trouble.Delay switch
    {
        null => this with { TokenError = null },
        SlackDelay.TokenBroken => this with { TokenError = trouble.Error, TokenRetryAt = now + trouble.RetryAfter },
        SlackDelay.RateLimited when trouble.Use == SlackUse.Search => this with { SearchesPausedUntil = now + trouble.RetryAfter },
        SlackDelay.RateLimited when trouble.Use != SlackUse.Post => this with { EditsPausedUntil = now + trouble.RetryAfter },
        _ => this,
    };

    private static ImmutableList<(SlackUse, string, DateTimeOffset)> InLine(
        ImmutableList<(SlackUse Use, string Channel, DateTimeOffset At)> line, SlackUse use, string channel, DateTimeOffset now) =>
        line.FindIndex(one => one.Use == use && one.Channel == channel) is var place and >= 0
            ? line.SetItem(place, (use, channel, now))
            : line.Add((use, channel, now));

    private DateTimeOffset PausedUntil(SlackUse use) => use switch
    {
        SlackUse.Post => default,
        SlackUse.State or SlackUse.Counts => EditsPausedUntil,
        SlackUse.Search => SearchesPausedUntil,
    };

    private TokenBucket Bucket(SlackUse use) => use switch
    {
        SlackUse.Post => Posts,
        SlackUse.State or SlackUse.Counts => Edits,
        SlackUse.Search => Searches,
    };

    private WorkspaceBudget Taken(SlackUse use, TokenBucket left) => use switch
    {
        SlackUse.Post => this with { Posts = left },
        SlackUse.State or SlackUse.Counts => this with { Edits = left },
        SlackUse.Search => this with { Searches = left },
    };
}
