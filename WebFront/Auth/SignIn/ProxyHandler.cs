using System.Text.Encodings.Web;
using Incidents.WebFront.Auth.Proxies;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth.SignIn;

/// <summary>The scheme of people whom the proxy in front signed in: it says who they are, in headers that count from
/// nobody else.</summary>
internal sealed class ProxyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, IOptions<SignInOptions> signIn)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "Proxy";
    private const string NoRole = "no role";

    /// <summary>Whether the proxy says who calls.</summary>
    public static bool Speaks(HttpContext http, SignInOptions options) =>
        Peers.IsProxy(http) && http.Request.Headers.ContainsKey(options.UserHeader);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(WhoCalls());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        await (result.Failure?.Message == NoRole ? TurnedAway.WithoutRole(Context) : TurnedAway.Unknown(Context));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => TurnedAway.Forbidden(Context);

    private AuthenticateResult WhoCalls()
    {
        // Two of them, in two lines or in one: the proxy let one of the caller's own through.
        if (!Peers.IsProxy(Context)
            || Request.Headers[signIn.Value.UserHeader] is not [{ } name]
            || name.Contains(',', StringComparison.Ordinal)
            || Request.Headers[signIn.Value.GroupsHeader].Count > 1
            || PersonName.Of(name) is not { } clean)
        {
            return AuthenticateResult.NoResult();
        }

        var groups = Request.Headers[signIn.Value.GroupsHeader]
            .SelectMany(static line => (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return Roles.Of(groups, signIn.Value) is { } scope
            ? AuthenticateResult.Success(ApiTokenHandler.Ticket(clean, scope, Name))
            : AuthenticateResult.Fail(NoRole);
    }
}
