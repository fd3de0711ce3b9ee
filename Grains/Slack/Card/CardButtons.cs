using System.Globalization;
using System.Text.Json.Nodes;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack.Card;

/// <summary>What a person can do to an incident in the state that the card shows.</summary>
internal static class CardButtons
{
    public const string Acknowledge = "incident_acknowledge";
    public const string Unacknowledge = "incident_unacknowledge";
    public const string Resolve = "incident_resolve";

    /// <returns>One block, or none.</returns>
    public static IEnumerable<JsonObject> Of(CardFacts facts)
    {
        // The revision tells whether the card was stale when it was pressed.
        var value = string.Create(CultureInfo.InvariantCulture, $"{facts.Id.Value} {facts.Revision}");
        JsonObject[] buttons = facts.Status switch
        {
            IncidentStatus.Active =>
                [BlockKit.Button(Acknowledge, "Acknowledge", value, isPrimary: true), BlockKit.Button(Resolve, "Resolve", value)],
            IncidentStatus.Acknowledged =>
                [BlockKit.Button(Resolve, "Resolve", value), BlockKit.Button(Unacknowledge, "Unacknowledge", value)],
            IncidentStatus.Resolved => [],
        };
        return buttons.Length > 0 ? [BlockKit.Actions("incident_actions", buttons)] : [];
    }
}
