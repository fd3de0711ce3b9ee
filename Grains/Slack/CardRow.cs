using System.Collections.Immutable;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack;

/// <summary>A row of <c>notifications</c>: what is to be told of an incident, and what was.</summary>
internal sealed record CardRow
{
    public required IncidentId IncidentId { get; init; }

    /// <summary>As configured.</summary>
    public required string Channel { get; init; }

    public required int DesiredRevision { get; init; }

    public required int RaisedRevision { get; init; }

    public int SentRevision { get; init; }

    public long SentAlerts { get; init; }

    /// <summary>The raised revision that the message was posted for; 0 when there is none.</summary>
    public int MessageRevision { get; init; }

    /// <summary>The living message; null when there is none, or when Slack does not name it (incoming webhook).</summary>
    public MessagePlace? Message { get; init; }

    /// <summary>The messages before, which do not point to the living one yet; at most one a severity.</summary>
    public ImmutableArray<MessagePlace> Former { get; init; } = [];

    /// <summary>A post whose end is not known; null when there is none.</summary>
    public OpenPost? Posting { get; init; }

    /// <summary>An edit that nobody answered may yet be carried out until then, over a newer one; null: none is.</summary>
    public DateTimeOffset? LateUntil { get; init; }

    /// <summary>Slack refused the card: plain text is next.</summary>
    public bool Refused { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset NextAttemptAt { get; init; }

    public DateTimeOffset? PendingSince { get; init; }

    public string? LastError { get; init; }

    public bool WantsMessage => RaisedRevision > MessageRevision;
}

/// <param name="Channel">As configured then.</param>
/// <param name="Raised">The revision that it was for; the incident may have risen since.</param>
internal sealed record OpenPost(DateTimeOffset Since, string Channel, int Raised);

/// <param name="Channel">Its id.</param>
internal sealed record MessagePlace(string Channel, string Ts)
{
    /// <summary>Neither part has a space or a semicolon.</summary>
    public static string Write(ImmutableArray<MessagePlace> places) => string.Join(';', places.Select(static p => $"{p.Channel} {p.Ts}"));

    public static ImmutableArray<MessagePlace> ReadAll(string text) =>
    [
        .. text.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(static place => place.Split(' '))
            .Where(static parts => parts.Length == 2) // whatever else is there, the channel goes on
            .Select(static parts => new MessagePlace(parts[0], parts[1])),
    ];
}
