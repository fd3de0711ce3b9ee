using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Incidents.Grains.Interfaces;

/// <summary>Tells one Slack channel, message after message; its string key is the channel as configured
/// (<c>#incidents</c>, <c>C0123456789</c>), or <c>webhook</c>. What is to be told is in MySQL; this grain only decides
/// what comes next and when.</summary>
[GrainInterfaceType("slack-channel"), Alias("slack-channel-grain")]
public interface ISlackChannelGrain : IGrainWithStringKey
{
    /// <summary>Something is to be told. Answers at once.</summary>
    /// <param name="counted">Incidents of which only the counts changed; at most a thousand. Lost with the grain: the
    /// sweep finds them again.</param>
    [Alias("wake"), ResponseTimeout("00:00:05")]
    Task Wake(ImmutableArray<IncidentId> counted);

    /// <summary>How the channel does. Changes nothing.</summary>
    [Alias("get-state"), AlwaysInterleave]
    Task<SlackChannelView> GetState();
}

/// <summary>A channel as its grain sees it.</summary>
[GenerateSerializer, Immutable, Alias("slack-channel-view")]
public sealed record SlackChannelView
{
    [Id(0)] public required string Channel { get; init; }

    /// <summary>Incidents with something to tell, as of the last look.</summary>
    [Id(1)] public int Pending { get; init; }

    /// <summary>Since when the one that waits longest does; null when none does.</summary>
    [Id(2)] public DateTimeOffset? PendingSince { get; init; }

    /// <summary>Until when nothing is posted here; null when nothing forbids it.</summary>
    [Id(3)] public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Why something waits; null when nothing does.</summary>
    [Id(4)] public SlackDelay? Delay { get; init; }

    /// <summary>The last error of Slack here, in its own words, until a call gets through.</summary>
    [Id(5)] public string? LastError { get; init; }

    /// <summary>Since the grain woke.</summary>
    [Id(6)] public long Posted { get; init; }

    /// <summary>Since the grain woke.</summary>
    [Id(7)] public long Edited { get; init; }
}

/// <summary>Why something is told later.</summary>
[GenerateSerializer, Alias("slack-delay")]
public enum SlackDelay
{
    /// <summary>Our own budget of messages or edits is used up for now.</summary>
    Budget = 1,

    /// <summary>Slack said to wait (429).</summary>
    RateLimited,

    /// <summary>Slack cannot be reached, or fails.</summary>
    Unreachable,

    /// <summary>It is not known whether a message is there; it is looked for before it is posted again.</summary>
    Unsure,

    /// <summary>Slack refuses this channel.</summary>
    ChannelBroken,

    /// <summary>Slack refuses our token, or lacks a scope.</summary>
    TokenBroken,

    /// <summary>Slack refuses the message itself.</summary>
    Refused,
}
