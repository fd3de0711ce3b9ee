using System.Diagnostics;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>Whether a person's command is carried out, or refused and why.</summary>
internal static class CommandRules
{
    /// <returns>A fact exactly when the outcome is <see cref="CommandOutcome.Done"/>.</returns>
    public static (CommandOutcome Outcome, Fact? Fact) Decide(KeyState key, IncidentCommand command, DateTimeOffset now)
    {
        if (key.Last is not { } incident || incident.Id != command.IncidentId)
        {
            return (CommandOutcome.NotCurrent, null);
        }

        if (!incident.IsOpen)
        {
            return (CommandOutcome.AlreadyResolved, null);
        }

        if (command.Revision is { } seen && seen != incident.Revision)
        {
            return (CommandOutcome.StaleRevision, null);
        }

        return (command.Kind, incident.Status) switch
        {
            (CommandKind.Acknowledge, IncidentStatus.Active) =>
                (CommandOutcome.Done, new Fact.Acknowledged(command.Actor, command.CommandId, now)),
            (CommandKind.Unacknowledge, IncidentStatus.Acknowledged) =>
                (CommandOutcome.Done, new Fact.Unacknowledged(command.Actor, command.CommandId, now)),
            (CommandKind.Acknowledge, _) or (CommandKind.Unacknowledge, _) => (CommandOutcome.AlreadySo, null),
            (CommandKind.Resolve, _) => (CommandOutcome.Done, new Fact.Resolved(Closing(command, now), command.CommandId)),
            _ => throw new UnreachableException($"No rule for the command {command.Kind}."),
        };
    }

    private static Closure Closing(IncidentCommand command, DateTimeOffset now) => new(
        now, Resolution.Person, command.Actor, command.ActionTaken, command.RootCause, command.IsNoise);
}
