namespace Incidents.Grains.Slack;

/// <summary>What became of one call to Slack.</summary>
/// <param name="Error">In Slack's words, or what happened on the way; never a secret.</param>
/// <param name="RetryAfter">As Slack said, with <see cref="SlackOutcome.RateLimited"/>; else null.</param>
/// <param name="Channel">With <see cref="SlackOutcome.Done"/>: the channel's id.</param>
/// <param name="Ts">With <see cref="SlackOutcome.Done"/>: names the message within its channel; null when Slack does not
/// say (incoming webhook), or when a search found nothing.</param>
internal sealed record SlackReply(
    SlackOutcome Outcome, string? Error = null, TimeSpan? RetryAfter = null, string? Channel = null, string? Ts = null);

/// <summary>What an answer means for what to do next (docs.slack.dev's errors, sorted in SlackErrors).</summary>
internal enum SlackOutcome
{
    Done = 1,

    /// <summary>Nothing was done; wait as long as Slack says.</summary>
    RateLimited,

    /// <summary>It never reached Slack: nothing was done.</summary>
    NotSent,

    /// <summary>It may have been done all the same: a timeout, a lost connection, a 5xx, an internal error.</summary>
    Unsure,

    /// <summary>This channel does not take our messages.</summary>
    ChannelBroken,

    /// <summary>The token does not open what it must; nothing works.</summary>
    TokenBroken,

    /// <summary>The message is at fault, so it is ours.</summary>
    Refused,

    /// <summary>Refused for a reason that is not in Slack's documentation, and may pass.</summary>
    Unknown,

    /// <summary>The message to edit is not there any more, or no longer ours to edit.</summary>
    MessageGone,
}
