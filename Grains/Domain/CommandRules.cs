using System.Diagnostics;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>Whether a person's command is carried out, or refused and why.</summary>
internal static class CommandRules
{
    /// <param name="incident">The one that the command names; null when there is none.</param>
    /// <returns>A fact exactly when the outcome is <see cref="CommandOutcome.Done"/>.</returns>
    public static (CommandOutcome Outcome, Fact? Fact) Decide(Episode? incident, IncidentCommand command, DateTimeOffset now)
    {
        if (incident is null)
        {
            return (CommandOutcome.NotCurrent, null);
        }

        if (Untimely(command.Kind, incident.IsOpen) is { } refusal)
        {
            return (refusal, null);
        }

        return command.Revision is { } seen && seen != incident.Revision
            ? (CommandOutcome.StaleRevision, null)
            : Fact(incident, command, now) is { } fact ? (CommandOutcome.Done, fact) : (CommandOutcome.AlreadySo, null);
    }

    /// <summary>Some commands are for open incidents, some for resolved ones, and a note for any.</summary>
    private static CommandOutcome? Untimely(CommandKind kind, bool isOpen) => kind switch
    {
        CommandKind.Acknowledge or CommandKind.Unacknowledge or CommandKind.Resolve =>
            isOpen ? null : CommandOutcome.AlreadyResolved,
        CommandKind.Amend => isOpen ? CommandOutcome.NotResolved : null,
        CommandKind.Note => null,
    };

    /// <summary>What the command brings about when it is carried out.</summary>
    public static Fact Wanted(IncidentCommand command, DateTimeOffset now)
    {
        var author = new Author(command.Actor, command.SaidBy, command.CommandId);
        return command.Kind switch
        {
            CommandKind.Acknowledge => new Fact.Acknowledged(author, now),
            CommandKind.Unacknowledge => new Fact.Unacknowledged(author, now),
            CommandKind.Resolve => new Fact.Resolved(Closing(command, now), command.CommandId),
            CommandKind.Note => new Fact.Noted(command.Note ?? throw new UnreachableException("A note without text."), author, now),
            CommandKind.Amend => new Fact.Amended(
                command.Amends, command.ActionTaken, command.RootCause, command.IsNoise, author, now),
        };
    }

    /// <summary>Null when it would change nothing.</summary>
    private static Fact? Fact(Episode incident, IncidentCommand command, DateTimeOffset now)
    {
        var wanted = Wanted(command, now);
        var changes = command.Kind switch
        {
            CommandKind.Acknowledge => incident.Status == IncidentStatus.Active,
            CommandKind.Unacknowledge => incident.Status == IncidentStatus.Acknowledged,
            CommandKind.Resolve or CommandKind.Note => true,
            CommandKind.Amend => incident.Apply(wanted).Closed != incident.Closed,
        };
        return changes ? wanted : null;
    }

    private static Closure Closing(IncidentCommand command, DateTimeOffset now) => new(
        now, Resolution.Person, command.Actor, command.ActionTaken, command.RootCause, command.IsNoise, command.SaidBy);
}
