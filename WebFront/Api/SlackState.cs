using System.Text.Json;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Api;

/// <summary>How Slack is told, as the silos say.</summary>
internal sealed record SlackState
{
    /// <summary><c>off</c>, <c>bot</c> or <c>webhook</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>In Slack's words, why nothing is told at all; null when it is.</summary>
    public string? TokenError { get; init; }

    /// <summary>Those that had something to tell since the silos started.</summary>
    public required IReadOnlyList<SlackChannelState> Channels { get; init; }

    public static SlackState Of(SlackWorkspaceView workspace, IEnumerable<SlackChannelView> channels) => new()
    {
        Mode = workspace.Mode,
        TokenError = workspace.TokenError,
        Channels = [.. channels.Select(SlackChannelState.Of)],
    };
}

/// <summary>One channel.</summary>
internal sealed record SlackChannelState
{
    /// <summary>As configured.</summary>
    public required string Channel { get; init; }

    /// <summary>Incidents with something to tell.</summary>
    public int Pending { get; init; }

    /// <summary>Since when the one that waits longest does; null when none does.</summary>
    public DateTime? PendingSince { get; init; }

    /// <summary>Until when nothing is posted; null when nothing forbids it.</summary>
    public DateTime? PausedUntil { get; init; }

    /// <summary>Why something waits: <c>budget</c>, <c>rate_limited</c>, <c>unreachable</c>, <c>unsure</c>,
    /// <c>channel_broken</c>, <c>token_broken</c> or <c>refused</c>; null when nothing does.</summary>
    public string? Delay { get; init; }

    /// <summary>In Slack's words, until a call gets through.</summary>
    public string? LastError { get; init; }

    public static SlackChannelState Of(SlackChannelView channel) => new()
    {
        Channel = channel.Channel,
        Pending = channel.Pending,
        PendingSince = channel.PendingSince?.UtcDateTime,
        PausedUntil = channel.PausedUntil?.UtcDateTime,
        Delay = channel.Delay is { } delay ? JsonNamingPolicy.SnakeCaseLower.ConvertName(delay.ToString()) : null,
        LastError = channel.LastError,
    };
}
