using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack;

/// <summary>What one token may do now, in all its channels. Pure.</summary>
internal sealed record WorkspaceBudget
{
    /// <summary>So much of the edits at once is kept for changes of state.</summary>
    private const double KeptFromCounts = 0.5;

    public required TokenBucket Posts { get; init; }

    public required TokenBucket Edits { get; init; }

    public required TimeSpan RetryEvery { get; init; }

    public DateTimeOffset EditsPausedUntil { get; init; }

    public DateTimeOffset TokenRetryAt { get; init; }

    /// <summary>In Slack's words; null when the token is sound as far as known.</summary>
    public string? TokenError { get; init; }

    public static WorkspaceBudget Of(SlackOptions options, DateTimeOffset now) => new()
    {
        Posts = TokenBucket.WithinMinute(options.AllPostsPerMinute, now),
        Edits = TokenBucket.WithinMinute(options.EditsPerMinute, now),
        RetryEvery = options.RetryEvery,
    };

    public (WorkspaceBudget After, SlackLease Lease) Lease(SlackUse use, DateTimeOffset now)
    {
        if (TokenError is not null && TokenRetryAt > now)
        {
            return (this, new(TokenRetryAt - now, SlackDelay.TokenBroken));
        }

        if (use != SlackUse.Post && EditsPausedUntil > now)
        {
            return (this, new(EditsPausedUntil - now, SlackDelay.RateLimited));
        }

        var bucket = use == SlackUse.Post ? Posts : Edits;
        var wait = bucket.WaitFor(now, use == SlackUse.Counts ? bucket.Capacity * KeptFromCounts : 0);
        if (wait > TimeSpan.Zero)
        {
            return (this, new(wait, SlackDelay.Budget));
        }

        // A refused token is tried by one call at a time.
        var after = TokenError is null ? this : this with { TokenRetryAt = now + RetryEvery };
        return (use == SlackUse.Post ? after with { Posts = bucket.Take(now) } : after with { Edits = bucket.Take(now) }, SlackLease.Go);
    }

    public WorkspaceBudget With(SlackTrouble trouble, DateTimeOffset now) => trouble.Delay switch
    {
        null => this with { TokenError = null },
        SlackDelay.TokenBroken => this with { TokenError = trouble.Error, TokenRetryAt = now + trouble.RetryAfter },
        SlackDelay.RateLimited when trouble.Use != SlackUse.Post => this with { EditsPausedUntil = now + trouble.RetryAfter },
        _ => this,
    };
}
