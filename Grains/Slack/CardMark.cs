using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack;

/// <summary>What a card carries as message metadata, so that a post whose answer was lost can be found again.</summary>
/// <param name="Raised">The revision that it was posted for: an incident whose severity rises gets another.</param>
internal readonly record struct CardMark(IncidentId IncidentId, int Raised)
{
    public const string EventType = "incident_card";
}
