using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Pages;

/// <summary>What came of it, in words.</summary>
internal static class DoingWords
{
    public static string Of(Doing doing) => doing.Fault is { } fault
        ? $"{IncidentWords.NotDone} {fault}"
        : doing.Outcome switch
        {
            CommandOutcome.Done or CommandOutcome.Repeated => Done(doing.Kind),
            { } refused => $"{IncidentWords.NotDone} {Refused(doing.Kind, refused)}",
            null => IncidentWords.Unconfirmed,
        };

    private static string Done(CommandKind kind) => kind switch
    {
        CommandKind.Acknowledge => IncidentWords.DoneAcknowledge,
        CommandKind.Unacknowledge => IncidentWords.DoneUnacknowledge,
        CommandKind.Resolve => IncidentWords.DoneResolve,
        CommandKind.Note => IncidentWords.DoneNote,
        CommandKind.Amend => IncidentWords.DoneAmend,
    };

    private static string Refused(CommandKind kind, CommandOutcome outcome) => outcome switch
    {
        CommandOutcome.Done or CommandOutcome.Repeated => Done(kind),
        CommandOutcome.AlreadyResolved => IncidentWords.AlreadyResolved,
        CommandOutcome.AlreadySo => kind switch
        {
            CommandKind.Acknowledge => IncidentWords.AlreadyAcknowledged,
            CommandKind.Unacknowledge => IncidentWords.AlreadyOpen,
            CommandKind.Resolve or CommandKind.Note or CommandKind.Amend => IncidentWords.NothingChanged,
        },
        CommandOutcome.StaleRevision => IncidentWords.StaleRevision,
        CommandOutcome.NotCurrent => IncidentWords.NotCurrent,
        CommandOutcome.Expired or CommandOutcome.Overloaded => IncidentWords.Expired,
        CommandOutcome.Unstorable => IncidentWords.Unstorable,
        CommandOutcome.CommandIdUsed => IncidentWords.CommandIdUsed,
        CommandOutcome.NotResolved => IncidentWords.NotResolved,
    };
}
