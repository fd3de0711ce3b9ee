using System.Text.Json.Nodes;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;

namespace Incidents.Grains.Intake;

/// <summary>
/// What a command hears whose id was used before: the first answer if it is that command again, else that the id is
/// taken. It is the same if the same caller wants the same; the revision that was seen is not kept, so it does not count.
/// </summary>
internal static class RepeatedCommand
{
    private static readonly CommandResult IdUsed = new(CommandOutcome.CommandIdUsed, null);

    /// <param name="now">The incident; null when it is not loaded.</param>
    public static CommandResult Answer(IncidentCommand command, DoneBefore before, IncidentView? now)
    {
        if (StatusThen(command.Kind, before) is not { } then || before.IncidentId != command.IncidentId
            || before.Actor != command.Actor || !SaysTheSame(command, then, before.Detail))
        {
            return IdUsed;
        }

        var current = now?.Id == before.IncidentId ? now with { Status = then, Revision = before.Revision } : null;
        return new(CommandOutcome.Repeated, current);
    }

    /// <summary>Both wait together.</summary>
    public static CommandResult Answer(IncidentCommand command, IncidentCommand twin, CommandResult first) =>
        command with { Deadline = twin.Deadline, Revision = twin.Revision } == twin
            ? first with { Outcome = CommandOutcome.Repeated }
            : IdUsed;

    /// <summary>What the incident was once the first was carried out; null when that was of another kind.</summary>
    private static IncidentStatus? StatusThen(CommandKind kind, DoneBefore before) => (kind, before.Kind) switch
    {
        (CommandKind.Acknowledge, TimelineKind.Acknowledged) => IncidentStatus.Acknowledged,
        (CommandKind.Unacknowledge, TimelineKind.Unacknowledged) => IncidentStatus.Active,
        (CommandKind.Resolve, TimelineKind.Resolved) or (CommandKind.Amend, TimelineKind.Amended) => IncidentStatus.Resolved,
        (CommandKind.Note, TimelineKind.Noted) => SnakeCase.Read<IncidentStatus>((string)JsonNode.Parse(before.Detail!)!["status"]!),
        _ => null,
    };

    private static bool SaysTheSame(IncidentCommand command, IncidentStatus then, string? detail) => JsonNode.DeepEquals(
        TimelineEntry.Said(CommandRules.Wanted(command, default), then),
        detail is null ? null : JsonNode.Parse(detail));
}
