using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using Incidents.Grains.Slack.Card;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Incidents.Grains.Slack;

/// <summary>Makes the message of a step of what the incident is now. Whatever an alert holds that we choke on, the incident
/// is told of all the same.</summary>
internal sealed partial class CardPainter(CardReader reader, SlackSettings settings, ILogger<CardPainter> logger)
{
    /// <returns>Null when there is nothing to tell in the way that is configured.</returns>
    /// <exception cref="MySqlException">The incident cannot be read now.</exception>
    public async Task<Painted?> Paint(CardRow card, CardStep step, CancellationToken cancel)
    {
        try
        {
            var facts = await reader.Read(card.IncidentId, cancel);
            return facts is null ? Bare(card)
                : Message(card, step, facts) is { } message ? new(message, facts.Revision, facts.Alerts)
                : null;
        }
        catch (Exception exception) when (exception is not (MySqlException or OutOfMemoryException or OperationCanceledException))
        {
            LogUnpaintable(card.IncidentId.Key, card.IncidentId, exception);
            return Bare(card);
        }
    }

    private SlackMessage? Message(CardRow card, CardStep step, CardFacts facts) => (settings.Mode, step) switch
    {
        // A line for what is new, or more severe, and one for the end; nothing in between.
        (SlackMode.Webhook, _) => card.WantsMessage || facts.ResolvedRevision > card.SentRevision
            ? SlackMessage.Plain(CardRenderer.Line(facts))
            : null,
        (_, CardStep.Point) => CardRenderer.Pointer(facts),
        _ when card.Refused => CardRenderer.Plain(facts),
        _ => CardRenderer.Card(facts, settings.Style, isNew: step == CardStep.Post),
    };

    private static Painted Bare(CardRow card) =>
        new(SlackMessage.Plain($"{card.IncidentId.Value}: something of it cannot be shown here, see the API."), card.DesiredRevision, card.SentAlerts);

    [LoggerMessage(LogLevel.Error, "{IncidentKey}: the card of {IncidentId} cannot be drawn")]
    private partial void LogUnpaintable(IncidentKey incidentKey, IncidentId incidentId, Exception bug);
}

/// <param name="Revision">What the message shows.</param>
/// <param name="Alerts">What it counts.</param>
internal sealed record Painted(SlackMessage Message, int Revision, long Alerts);
