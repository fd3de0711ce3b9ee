using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth;

/// <summary>The scheme while no API token is configured: whoever is on this machine may do everything, and nobody
/// else anything.</summary>
internal sealed class ThisMachineHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ThisMachine";

    /// <summary>The name of such a caller, in the timeline for one.</summary>
    public const string Caller = "local";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        Loopback.Admits(Context)
            ? AuthenticateResult.Success(ApiTokenHandler.Ticket(Caller, Auth.Scope.Admin, Name))
            : AuthenticateResult.NoResult());

    /// <summary>403, not 401: no credential would help.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Say(
        "Nobody can sign in and no API token is configured, so this answers on this machine only (http://127.0.0.1). "
        + "Set Api:Tokens for programs, SignIn:Mode for people.");

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Say("Nobody may call this: it has no access rule.");

    private Task Say(string detail) => TypedResults.Problem(detail, statusCode: 403).ExecuteAsync(Context);
}
