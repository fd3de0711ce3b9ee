using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Incidents.Grains.Interfaces;

/// <summary>Shares out what Slack allows one token in all its channels together. What it knows is lost with its silo, and
/// Slack says it again.</summary>
[GrainInterfaceType("slack-workspace"), Alias("slack-workspace-grain")]
public interface ISlackWorkspaceGrain : IGrainWithStringKey
{
    /// <summary>There is one token, so one workspace.</summary>
    const string Key = "workspace";

    /// <summary>May one call be made now?</summary>
    [Alias("lease"), ResponseTimeout("00:00:05")]
    Task<SlackLease> Lease(SlackUse use, string channel);

    /// <summary>What Slack answered that concerns more than one channel.</summary>
    [Alias("report"), ResponseTimeout("00:00:05")]
    Task Report(SlackTrouble trouble);

    /// <summary>Wakes the channels that have something to tell: what a lost silo left behind goes on.</summary>
    [Alias("sweep"), ResponseTimeout("00:00:30")]
    Task Sweep();

    /// <summary>How Slack does as a whole. Changes nothing.</summary>
    [Alias("get-state"), AlwaysInterleave]
    Task<SlackWorkspaceView> GetState();
}

/// <summary>What a call is for.</summary>
[GenerateSerializer, Alias("slack-use")]
public enum SlackUse
{
    /// <summary>A message of its own.</summary>
    Post = 1,

    /// <summary>An edit that says what people or rules changed.</summary>
    State,

    /// <summary>An edit of counts alone.</summary>
    Counts,

    /// <summary>A look for a post whose end is not known.</summary>
    Search,
}

/// <param name="Wait">Zero: go. Else ask again after it.</param>
/// <param name="Why">Set when there is something to wait for.</param>
[GenerateSerializer, Immutable, Alias("slack-lease")]
public sealed record SlackLease([property: Id(0)] TimeSpan Wait, [property: Id(1)] SlackDelay? Why)
{
    public static readonly SlackLease Go = new(TimeSpan.Zero, null);

    public bool IsGranted => Wait <= TimeSpan.Zero;
}

/// <param name="Delay">Null: a call got through, so the token is sound.</param>
/// <param name="Use">What is limited; others go on.</param>
/// <param name="RetryAfter">As Slack said, or as configured.</param>
/// <param name="Error">In Slack's words.</param>
[GenerateSerializer, Immutable, Alias("slack-trouble")]
public sealed record SlackTrouble(
    [property: Id(0)] SlackDelay? Delay,
    [property: Id(1)] SlackUse Use,
    [property: Id(2)] TimeSpan RetryAfter,
    [property: Id(3)] string? Error);

/// <summary>Slack as a whole.</summary>
[GenerateSerializer, Immutable, Alias("slack-workspace-view")]
public sealed record SlackWorkspaceView
{
    /// <summary><c>off</c>, <c>bot</c> or <c>webhook</c>.</summary>
    [Id(0)] public required string Mode { get; init; }

    /// <summary>Why nothing is told at all: the token's error in Slack's words; null when it is sound as far as known.</summary>
    [Id(1)] public string? TokenError { get; init; }

    /// <summary>Channels that asked since it woke, by name.</summary>
    [Id(2)] public ImmutableArray<string> Channels { get; init; } = [];
}
