using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Pages;

/// <summary>What came of a command, in words.</summary>
internal static class OutcomeWords
{
    /// <param name="outcome">Null: nothing was confirmed in time.</param>
    public static string Of(CommandKind kind, CommandOutcome? outcome) => outcome switch
    {
        CommandOutcome.Done or CommandOutcome.Repeated when kind == CommandKind.Resolve => ListWords.DoneResolve,
        CommandOutcome.Done or CommandOutcome.Repeated => ListWords.DoneAcknowledge,
        CommandOutcome.AlreadyResolved => ListWords.AlreadyResolved,
        CommandOutcome.AlreadySo => ListWords.AlreadyAcknowledged,
        CommandOutcome.StaleRevision => ListWords.Stale,
        CommandOutcome.NotCurrent => ListWords.NoSuchIncident,
        CommandOutcome.Unstorable => ListWords.Unstorable,
        CommandOutcome.CommandIdUsed or CommandOutcome.NotResolved => ListWords.SentOtherwise,
        CommandOutcome.Expired or CommandOutcome.Overloaded => ListWords.NotDone,
        null => ListWords.Unconfirmed,
    };
}
