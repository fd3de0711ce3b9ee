using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack;

/// <summary>What comes next for an incident, and what an answer of Slack makes of it. Pure.</summary>
internal static class DeliveryRules
{
    private const string MissingScope = "missing_scope";
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    public static CardStep Next(CardRow card) => card switch
    {
        { WantsMessage: true } or { Message: null } => card.CallingSince is null ? CardStep.Post : CardStep.Find,
        { Former.IsEmpty: false } => CardStep.Point,
        _ => CardStep.Edit,
    };

    public static SlackUse Use(CardStep step) => step switch
    {
        CardStep.Post or CardStep.Find => SlackUse.Post,
        CardStep.Edit or CardStep.Point => SlackUse.State,
        CardStep.Count => SlackUse.Counts,
    };

    /// <summary>Since when there is a call that may have posted, or may yet edit, if nobody hears how this one ends. Null: none.</summary>
    public static DateTimeOffset? CallingSince(CardRow card, CardStep step, Circumstances at) => step switch
    {
        CardStep.Post when at.CanLook => card.CallingSince ?? at.Began, // any of several may have posted
        CardStep.Edit or CardStep.Count when at.CanLook => at.Began, // the last one comes last
        _ => null,
    };

    public static CardSettlement Settle(CardRow card, CardStep step, Delivered delivered, Circumstances at)
    {
        var reply = delivered.Reply;
        var tried = card with { LastError = reply.Error, Attempts = card.Attempts + 1 };
        return reply.Outcome switch
        {
            SlackOutcome.Done => new(Settled(Done(card, step, delivered) with { Attempts = 0, NextAttemptAt = at.Now, LastError = null }, step, at)),
            SlackOutcome.RateLimited => Limited(tried with { Attempts = card.Attempts }, step, reply.RetryAfter ?? LongestBackoff, at),
            SlackOutcome.NotSent => new(tried with { NextAttemptAt = at.Now + Backoff(card) }, SlackDelay.Unreachable),
            SlackOutcome.Unsure => Unsure(tried, step, at),
            SlackOutcome.TokenBroken when step == CardStep.Find && LacksScope(reply) => CannotLook(tried, at),
            SlackOutcome.TokenBroken => new(tried with { Attempts = card.Attempts, NextAttemptAt = at.Now + at.RetryEvery }, SlackDelay.TokenBroken)
            {
                Trouble = new(SlackDelay.TokenBroken, Use(step), at.RetryEvery, reply.Error),
            },
            SlackOutcome.ChannelBroken or SlackOutcome.Refused when step == CardStep.Find => CannotLook(tried, at),
            SlackOutcome.ChannelBroken or SlackOutcome.Refused or SlackOutcome.MessageGone when step == CardStep.Point =>
                new(tried with { Former = card.Former[1..], NextAttemptAt = at.Now }),
            SlackOutcome.ChannelBroken => Elsewhere(tried, step, at),
            SlackOutcome.MessageGone => new(tried with { Message = null, NextAttemptAt = at.Now, SentAlerts = delivered.Alerts }),
            SlackOutcome.Refused => new(tried with { NextAttemptAt = at.Now, CallingSince = null }, SlackDelay.Refused) { GivenUp = true },
        };
    }

    private static CardRow Done(CardRow card, CardStep step, Delivered delivered) => step switch
    {
        CardStep.Find when delivered.Reply.Ts is null => card with { CallingSince = null },
        CardStep.Find or CardStep.Post => card with
        {
            MessageRevision = card.RaisedRevision,
            Message = delivered.Reply is { Channel: { } channel, Ts: { } ts } ? new(channel, ts) : null,
            Former = card.Message is { } before ? card.Former.Add(before) : card.Former,
            SentRevision = delivered.Revision,
            SentAlerts = delivered.Alerts,
            CallingSince = null,
        },
        CardStep.Edit or CardStep.Count => card with { SentRevision = delivered.Revision, SentAlerts = delivered.Alerts },
        CardStep.Point => card with { Former = card.Former[1..] },
    };

    /// <summary>A limit of posts is the channel's, one of edits the whole workspace's.</summary>
    private static CardSettlement Limited(CardRow tried, CardStep step, TimeSpan retryAfter, Circumstances at) => step switch
    {
        CardStep.Post => new(tried with { NextAttemptAt = at.Now }, SlackDelay.RateLimited) { PauseChannel = retryAfter },
        CardStep.Find => new(tried with { NextAttemptAt = at.Now + retryAfter }, SlackDelay.RateLimited),
        CardStep.Edit or CardStep.Count or CardStep.Point => new(tried with { NextAttemptAt = at.Now }, SlackDelay.RateLimited)
        {
            Trouble = new(SlackDelay.RateLimited, Use(step), retryAfter, tried.LastError),
        },
    };

    private static CardSettlement Unsure(CardRow tried, CardStep step, Circumstances at)
    {
        var since = CallingSince(tried, step, at);
        return since is not null && step == CardStep.Post
            ? new(tried with { CallingSince = since, NextAttemptAt = at.Began + at.SettleAfter }, SlackDelay.Unsure)
            : new(tried with { CallingSince = since ?? tried.CallingSince, NextAttemptAt = at.Now + Backoff(tried) }, SlackDelay.Unreachable);
    }

    /// <summary>An edit that got lost may yet come, and show again what was: once it cannot any more, the card is edited
    /// once more.</summary>
    private static CardRow Settled(CardRow told, CardStep step, Circumstances at) => told.CallingSince switch
    {
        { } since when step is CardStep.Edit or CardStep.Count && since + at.SettleAfter > at.Now => told with { NextAttemptAt = since + at.SettleAfter },
        { } when step is CardStep.Edit or CardStep.Count => told with { CallingSince = null },
        _ => told,
    };

    /// <summary>The token is sound for all else. Slack says which scope it is behind the word.</summary>
    private static bool LacksScope(SlackReply reply) => reply.Error?.StartsWith(MissingScope, StringComparison.Ordinal) == true;

    /// <summary>Told twice is better than never.</summary>
    private static CardSettlement CannotLook(CardRow tried, Circumstances at) =>
        new(tried with { CallingSince = null, NextAttemptAt = at.Now }, SlackDelay.Unsure);

    /// <summary>To the default channel. What cannot be edited any more is left behind; a message in another channel is not.</summary>
    private static CardSettlement Elsewhere(CardRow tried, CardStep step, Circumstances at) => tried.Channel == at.DefaultChannel
        ? new(tried with { NextAttemptAt = at.Now + LongestBackoff }, SlackDelay.ChannelBroken)
        : new(tried with
        {
            Channel = at.DefaultChannel,
            Message = step == CardStep.Post ? tried.Message : null,
            NextAttemptAt = at.Now,
        }, SlackDelay.ChannelBroken);

    private static TimeSpan Backoff(CardRow tried) =>
        TimeSpan.FromSeconds(Math.Min(LongestBackoff.TotalSeconds, Math.Pow(2, Math.Min(tried.Attempts, 10))));
}

/// <summary>What one call came to.</summary>
/// <param name="Revision">What it showed, if it got through.</param>
/// <param name="Alerts">How many alerts it counted.</param>
internal sealed record Delivered(SlackReply Reply, int Revision = 0, long Alerts = 0);

/// <param name="Began">When the call was begun.</param>
/// <param name="CanLook">Messages of ours can be found again: not those of an incoming webhook.</param>
internal sealed record Circumstances(
    DateTimeOffset Began, DateTimeOffset Now, string DefaultChannel, TimeSpan RetryEvery, TimeSpan SettleAfter, bool CanLook);

/// <summary>What is written after a call, and who else has to know.</summary>
/// <param name="Row">As it is to be stored.</param>
/// <param name="Delay">Why it is not told yet.</param>
internal sealed record CardSettlement(CardRow Row, SlackDelay? Delay = null)
{
    /// <summary>Not tried again before the incident changes.</summary>
    public bool GivenUp { get; init; }

    /// <summary>No post in this channel for so long.</summary>
    public TimeSpan? PauseChannel { get; init; }

    /// <summary>For the workspace.</summary>
    public SlackTrouble? Trouble { get; init; }
}
