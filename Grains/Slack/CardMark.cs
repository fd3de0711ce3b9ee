using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack;

/// <summary>What a card carries as message metadata, so that a post whose answer was lost can be found again, and only that
/// one: another message of the incident may be there still.</summary>
/// <param name="Raised">The revision that it was posted for: an incident whose severity rises gets another.</param>
/// <param name="PostedAt">When the post was begun, whole microseconds.</param>
internal readonly record struct CardMark(IncidentId IncidentId, int Raised, DateTimeOffset PostedAt)
{
    public const string EventType = "incident_card";

    /// <summary>As metadata has it: a number that JavaScript holds too.</summary>
    public long PostedMicroseconds => (PostedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
