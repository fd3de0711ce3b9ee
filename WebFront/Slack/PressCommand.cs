using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Slack;

/// <summary>The command that a press means. Its id is made of what was pressed and by whom: the same press again is the
/// same command, and somebody else's is another.</summary>
internal static class PressCommand
{
    public static IncidentCommand Of(SlackPress.Order press, DateTimeOffset answerBy) =>
        Of(press.Kind, press.Card, press.By, answerBy, "");

    public static IncidentCommand Of(SlackPress.ResolutionAnswered press, DateTimeOffset answerBy) =>
        Of(CommandKind.Resolve, press.Card, press.By, answerBy, press.ViewId) with
        {
            ActionTaken = press.ActionTaken,
            RootCause = press.RootCause,
            IsNoise = press.IsNoise,
        };

    private static IncidentCommand Of(CommandKind kind, PressedCard card, SlackUser by, DateTimeOffset answerBy, string form) => new()
    {
        CommandId = Id(card.Incident.Value, card.Revision.ToString(CultureInfo.InvariantCulture), kind.ToString(), by.Id, form),
        Kind = kind,
        IncidentId = card.Incident,
        Revision = card.Revision,
        Actor = by.Actor,
        Deadline = answerBy,
    };

    /// <summary>None of the parts has a line break.</summary>
    private static Guid Id(params string[] parts) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 16), bigEndian: true);
}
