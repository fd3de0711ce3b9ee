using System.Globalization;
using System.Text.Json;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Slack;

/// <summary>What the presser alone is told of a press that was not carried out: what is so now, and who did it.</summary>
internal static class PressAnswer
{
    /// <param name="result">Null when nothing was confirmed in time.</param>
    /// <returns>Plain text; null when there is nothing to say: the card will show it.</returns>
    public static string? Of(IncidentCommand command, CommandResult? result, DateTimeOffset now)
    {
        var id = command.IncidentId.Value;
        return result?.Outcome switch
        {
            CommandOutcome.Done or CommandOutcome.Repeated => null,
            null or CommandOutcome.Expired or CommandOutcome.Overloaded =>
                $"Not confirmed in time: {Said(command.Kind)} {id}. Please press again; it is done only once.",
            CommandOutcome.AlreadySo => $"Nothing to do: {id} {State(result.Current!, now)}.",
            CommandOutcome.AlreadyResolved => $"Not done: {id} {State(result.Current!, now)}.",
            CommandOutcome.StaleRevision =>
                $"Not done: {id} has changed since this card was drawn: it {State(result.Current!, now)}, severity {result.Current!.Severity}. "
                + "The card will be up to date in a moment.",
            CommandOutcome.NotCurrent => $"Not done: there is no incident {id}.",
            CommandOutcome.CommandIdUsed => $"Nothing to do: this press was carried out before, of {id}.",
            CommandOutcome.Unstorable => "Not done: the database refuses this text.",
            CommandOutcome.NotResolved => $"Not done: {id} is not resolved.",
        };
    }

    public static string NoForm(PressedCard card) => $"The form to resolve {card.Incident.Value} could not be opened. Please press again.";

    private static string Said(CommandKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private static string State(IncidentView incident, DateTimeOffset now) => incident.Status switch
    {
        IncidentStatus.Active => "is not acknowledged",
        IncidentStatus.Acknowledged =>
            $"was acknowledged{By(incident.AcknowledgedBy, incident.AcknowledgedSaidBy)}{Ago(incident.AcknowledgedAt, now)}",
        IncidentStatus.Resolved => $"was resolved{How(incident)}{Ago(incident.ResolvedAt, now)}",
    };

    private static string How(IncidentView incident) => incident.Resolution switch
    {
        Resolution.Person => By(incident.ResolvedBy, incident.ResolvedSaidBy),
        Resolution.Auto or Resolution.NeverOpened => " by itself, when its alerts ended,",
        Resolution.Stale => " because nothing was heard of it any more,",
        Resolution.Test => " as a test",
        null => "",
    };

    private static string By(string? actor, string? saidBy) => (actor, saidBy) switch
    {
        (null, _) => "",
        (_, null) => $" by {SlackUser.Shown(actor)}",
        _ => $" by {saidBy} (as {SlackUser.Shown(actor)} says)",
    };

    private static string Ago(DateTimeOffset? at, DateTimeOffset now) => at is null ? "" : (now - at.Value) switch
    {
        { TotalSeconds: < 5 } => " just now",
        { TotalMinutes: < 2 } past => Text(past.TotalSeconds, "seconds"),
        { TotalHours: < 2 } past => Text(past.TotalMinutes, "minutes"),
        { TotalDays: < 2 } past => Text(past.TotalHours, "hours"),
        var past => Text(past.TotalDays, "days"),
    };

    private static string Text(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $" {Math.Floor(number):0} {unit} ago");
}
