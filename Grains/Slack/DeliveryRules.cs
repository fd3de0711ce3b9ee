using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack;

/// <summary>What comes next for an incident, and what an answer of Slack makes of it. Pure.</summary>
internal static class DeliveryRules
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestOfUnknown = TimeSpan.FromMinutes(10);

    /// <summary>What Slack refuses may be taken later: by a newer version of us, or of Slack.</summary>
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromHours(1);

    /// <param name="canLook">An incoming webhook only posts.</param>
    public static CardStep Next(CardRow card, bool canLook) => card switch
    {
        _ when !canLook => CardStep.Post,
        { Posting: not null } => CardStep.Find,
        { WantsMessage: true } or { Message: null } => CardStep.Post,
        { Former.IsEmpty: false } => CardStep.Point,
        _ => CardStep.Edit,
    };

    public static SlackUse Use(CardStep step) => step switch
    {
        CardStep.Post => SlackUse.Post,
        CardStep.Find => SlackUse.Search,
        CardStep.Edit or CardStep.Point => SlackUse.State,
        CardStep.Count => SlackUse.Counts,
    };

    /// <summary>Until when a call that is not answered may still change what the message shows; null when it changes none.</summary>
    public static DateTimeOffset? LateUntil(CardStep step, Circumstances at) => step switch
    {
        CardStep.Edit or CardStep.Count when at.CanLook => at.Began + at.SettleAfter,
        CardStep.Edit or CardStep.Count or CardStep.Post or CardStep.Find or CardStep.Point => null,
    };

    public static CardSettlement Settle(CardRow card, CardStep step, Delivered delivered, Circumstances at)
    {
        var (reply, outcome) = (delivered.Reply, delivered.Reply.Outcome);
        var tried = card with { LastError = reply.Error, Attempts = card.Attempts + 1 };
        return outcome switch
        {
            SlackOutcome.Done => Done(card, step, delivered, at),
            SlackOutcome.RateLimited => Limited(tried with { Attempts = card.Attempts }, step, reply.RetryAfter ?? LongestBackoff, at),
            SlackOutcome.NotSent => Later(tried, SlackDelay.Unreachable, Backoff(card, LongestBackoff), at) with { PostFailed = step == CardStep.Post },
            SlackOutcome.Unsure => Unsure(tried, step, at),
            SlackOutcome.TokenBroken when step == CardStep.Find && !SlackErrors.IsOfTheToken(reply.Error) => CannotLook(tried, at),
            SlackOutcome.TokenBroken => Later(tried with { Attempts = card.Attempts }, SlackDelay.TokenBroken, at.RetryEvery, at) with
            {
                Trouble = new(SlackDelay.TokenBroken, Use(step), at.RetryEvery, reply.Error),
            },
            SlackOutcome.ChannelBroken or SlackOutcome.Refused or SlackOutcome.Unknown or SlackOutcome.MessageGone when step == CardStep.Find =>
                CannotLook(tried, at),
            SlackOutcome.ChannelBroken or SlackOutcome.Refused or SlackOutcome.Unknown or SlackOutcome.MessageGone when step == CardStep.Point =>
                new(tried with { Former = card.Former[1..], NextAttemptAt = at.Now }) { ProvesToken = true },
            SlackOutcome.ChannelBroken => Elsewhere(tried, step, at),
            SlackOutcome.MessageGone => Again(tried with { Message = null }, at),
            SlackOutcome.Refused => Refused(tried, step, delivered, at),
            SlackOutcome.Unknown => Later(tried, SlackDelay.Refused, Backoff(card, LongestOfUnknown), at),
        };
    }

    private static CardSettlement Done(CardRow card, CardStep step, Delivered delivered, Circumstances at)
    {
        var told = card with { Attempts = 0, NextAttemptAt = at.Now, LastError = null, Refused = false };
        return new(step switch
        {
            CardStep.Find when delivered.Reply.Ts is null => told with { Posting = null, Refused = card.Refused },
            CardStep.Find => Posted(told, delivered.Reply, card.Posting!.Raised) with { SentRevision = 0, SentAlerts = 0 }, // what it shows is old
            CardStep.Post => Posted(told, delivered.Reply, card.RaisedRevision) with { SentRevision = delivered.Revision, SentAlerts = delivered.Alerts },
            CardStep.Edit or CardStep.Count => Edited(told, at) with { SentRevision = delivered.Revision, SentAlerts = delivered.Alerts },
            CardStep.Point => told with { Former = card.Former[1..] },
        })
        {
            ProvesToken = true,
        };
    }

    private static CardRow Posted(CardRow told, SlackReply reply, int raised) => told with
    {
        Posting = null,
        LateUntil = null,
        MessageRevision = raised,
        Message = reply is { Channel: { } channel, Ts: { } ts } ? new(channel, ts) : null,
        Former = reply.Ts is null ? [] : told.Message is { } before ? told.Former.Add(before) : told.Former,
    };

    /// <summary>While an older edit may still come, one more is due after it.</summary>
    private static CardRow Edited(CardRow told, Circumstances at) => told.LateUntil is { } late && late > at.Began
        ? told with { NextAttemptAt = late }
        : told with { LateUntil = null };

    /// <summary>A limit of posts is the channel's, one of other calls the whole workspace's.</summary>
    private static CardSettlement Limited(CardRow tried, CardStep step, TimeSpan retryAfter, Circumstances at) =>
        new(tried with { NextAttemptAt = at.Now }, SlackDelay.RateLimited)
        {
            PauseChannel = step == CardStep.Post ? retryAfter : null,
            Trouble = step == CardStep.Post ? null : new(SlackDelay.RateLimited, Use(step), retryAfter, tried.LastError),
        };

    private static CardSettlement Unsure(CardRow tried, CardStep step, Circumstances at)
    {
        var late = tried with { LateUntil = LateUntil(step, at) ?? tried.LateUntil };
        var later = Later(late, SlackDelay.Unreachable, Backoff(tried, LongestBackoff), at) with { PostFailed = step == CardStep.Post };
        return step != CardStep.Post || !at.CanLook ? later : later with
        {
            Row = tried with { Posting = new(at.Began, tried.Channel, tried.RaisedRevision), NextAttemptAt = at.Began + at.SettleAfter },
            Delay = SlackDelay.Unsure,
        };
    }

    /// <summary>Told twice is better than never.</summary>
    private static CardSettlement CannotLook(CardRow tried, Circumstances at) =>
        new(tried with { Posting = null, NextAttemptAt = at.Now }, SlackDelay.Unsure);

    /// <summary>To the default channel. What cannot be edited any more is left behind; a message in another channel is not.</summary>
    private static CardSettlement Elsewhere(CardRow tried, CardStep step, Circumstances at) => tried.Channel == at.DefaultChannel
        ? Later(tried, SlackDelay.ChannelBroken, LongestBackoff, at) with { ProvesToken = true }
        : Again(tried with { Channel = at.DefaultChannel, Message = step == CardStep.Post ? tried.Message : null }, at) with
        {
            Delay = SlackDelay.ChannelBroken,
        };

    /// <summary>Shows nothing now, so a message is wanted whatever was told before.</summary>
    private static CardSettlement Again(CardRow tried, Circumstances at) =>
        new(tried with { SentRevision = 0, NextAttemptAt = at.Now }) { ProvesToken = true };

    /// <summary>The card once, then plain text, so that at least the fact is told.</summary>
    private static CardSettlement Refused(CardRow tried, CardStep step, Delivered delivered, Circumstances at) => (step, tried.Refused) switch
    {
        (CardStep.Count, _) => new(tried with { SentAlerts = delivered.Alerts, NextAttemptAt = at.Now }) { ProvesToken = true },
        (_, false) => new(tried with { Refused = true, NextAttemptAt = at.Now }, SlackDelay.Refused) { ProvesToken = true },
        (_, true) => Later(tried with { Refused = false }, SlackDelay.Refused, TryAgainAfter, at) with { GivenUp = true, ProvesToken = true },
    };

    private static CardSettlement Later(CardRow tried, SlackDelay why, TimeSpan wait, Circumstances at) =>
        new(tried with { NextAttemptAt = at.Now + wait }, why);

    private static TimeSpan Backoff(CardRow tried, TimeSpan longest) =>
        TimeSpan.FromSeconds(Math.Min(longest.TotalSeconds, Math.Pow(2, Math.Min(tried.Attempts, 10))));
}
