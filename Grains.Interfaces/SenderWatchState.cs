using System.Collections.Immutable;

namespace Incidents.Grains.Interfaces;

/// <summary>What the watch over the senders remembers. Kept in grain storage: it may be lost, then silences are found
/// again.</summary>
[GenerateSerializer, Immutable, Alias("sender-watch-state")]
public sealed record SenderWatchState
{
    /// <summary>Since when somebody looks without a gap; null before the first look. Nobody is silent for longer.</summary>
    [Id(0)] public DateTimeOffset? WatchedSince { get; init; }

    [Id(1)] public DateTimeOffset? LastLook { get; init; }

    /// <summary>By the sender's name.</summary>
    [Id(2)] public ImmutableDictionary<string, Silence> Silences { get; init; } = ImmutableDictionary<string, Silence>.Empty;

    /// <summary>How often the same silence of a sender was ended by settings and not by the sender.</summary>
    [Id(3)] public ImmutableDictionary<string, int> Rounds { get; init; } = ImmutableDictionary<string, int>.Empty;
}

/// <param name="Since">When the sender was last heard; with its name and the round this identifies the silence.</param>
/// <param name="FoundAt">Which look found it: when the alert about it starts. Later than the end of the silence
/// before, so that its alert is not taken for one that comes late.</param>
/// <param name="Incident">Which incident tells of it; null until the first alert about it is known to be stored.</param>
/// <param name="Told">How many alerts about it are stored.</param>
/// <param name="ToldAt">When the last of them was sent.</param>
/// <param name="Round">0, or how often settings ended this silence before: then it is told of anew.</param>
[GenerateSerializer, Immutable, Alias("silence")]
public sealed record Silence(
    [property: Id(0)] DateTimeOffset Since,
    [property: Id(1)] DateTimeOffset FoundAt,
    [property: Id(2)] IncidentId? Incident,
    [property: Id(3)] int Told,
    [property: Id(4)] DateTimeOffset ToldAt,
    [property: Id(5)] int Round = 0);
