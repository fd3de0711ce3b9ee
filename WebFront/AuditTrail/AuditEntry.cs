using System.Text.Json;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Auth;

namespace Incidents.WebFront.AuditTrail;

/// <summary>What somebody does, as it is written before it is done.</summary>
/// <param name="SaidBy">Whom they say that they act for; unproven.</param>
/// <param name="Target">What it is done to: an incident's id, a token's name; empty for the service itself.</param>
/// <param name="Outcome">Our own word; <see cref="Asked"/> until it is known.</param>
internal sealed record AuditEntry(
    DateTimeOffset At, string Actor, string? SaidBy, Origin Origin, string Action, string Target, string Outcome, string? Detail)
{
    public const string Asked = "asked";
    public const string Done = "done";
    public const string NoRole = "no_role";
    public const string NotConfirmed = "not_confirmed";
    public const string Rejected = "rejected";

    public const string SignIn = "sign_in";
    public const string SignOut = "sign_out";
    public const string MakeToken = "make_token";
    public const string RevokeToken = "revoke_token";
    public const string PostAgain = "post_again";

    /// <summary>All there are, for who looks for one.</summary>
    public static IReadOnlyList<string> Actions { get; } =
        [.. Enum.GetNames<CommandKind>().Select(Word), SignIn, SignOut, MakeToken, RevokeToken, PostAgain];

    /// <summary>What whoever is let in does now.</summary>
    public static AuditEntry Of(HttpContext http, DateTimeOffset now, string action, string target, string? detail = null) =>
        new(now, Caller.Name(http), null, Origin.Of(http), action, target, Done, detail);

    public static AuditEntry Of(IncidentCommand command, Origin origin, DateTimeOffset now) => new(
        now, command.Actor, command.SaidBy, origin, Word(command.Kind.ToString()), command.IncidentId.Value, Asked, $"command {command.CommandId}");

    public static string OutcomeOf(CommandResult? result) => result is null ? NotConfirmed : Word(result.Outcome.ToString());

    public static string OutcomeOf(AlertResult? result) => result is null ? NotConfirmed : Word(result.Fate.ToString());

    private static string Word(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
