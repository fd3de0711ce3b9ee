using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Incidents.WebFront.Auth.Tokens;
using Incidents.WebFront.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Incidents.WebFront.Auth;

/// <summary>The scheme of callers with one of the API's tokens: <c>Authorization: Bearer TOKEN</c>. A browser, which
/// cannot send that, may give the token as the password of HTTP basic (any user); since it then sends it by itself
/// wherever a page leads it, only to read.</summary>
internal sealed partial class ApiTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ApiTokens tokens,
    MadeTokens made,
    Rarely rarely)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "Bearer";
    private const string NotNow = "The database, which knows this token if it was made on the page, does not answer.";
    private const string Browsers = "Basic realm=\"Incidents: any user, an API token as the password\", charset=\"UTF-8\"";

    private bool OnlyReads => HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method);

    public static AuthenticationTicket Ticket(string caller, Scope scope, string scheme) => new(
        new(new ClaimsIdentity([new(ClaimTypes.Name, caller), new(ScopeText.Claim, scope.Text())], scheme)), scheme);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => WhoCalls();

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        if (result.Failure?.Message == NotNow)
        {
            Response.Headers.RetryAfter = "5";
            await Say(503, NotNow);
            return;
        }

        var isPage = OnlyReads && Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        Response.Headers.WWWAuthenticate = isPage ? new StringValues([Name, Browsers]) : Name;
        await Say(401, result.Failure?.Message ?? "Send an API token: Authorization: Bearer TOKEN.");
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<AccessRule>()?.Needs is not { } needed)
        {
            await Say(403, "Nobody may call this: it has no access rule.");
            return;
        }

        Response.Headers.WWWAuthenticate = $"{Name} error=\"insufficient_scope\", scope=\"{needed.Text()}\""; // RFC 6750, 3
        await Say(403, $"This token may not do that: its scope must be {string.Join(" or ", needed.OrMore())}.");
    }

    private async Task<AuthenticateResult> WhoCalls()
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return AuthenticateResult.NoResult(); // asked all the same; a webhook's credentials are none of ours
        }

        var presented = AuthorizationHeader.Bearer(Request)
            ?? (OnlyReads ? AuthorizationHeader.Basic(Request)?.Password : null);
        if (presented is null)
        {
            return AuthenticateResult.NoResult();
        }

        var token = tokens.Find(presented);
        if (token is null && MadeTokens.CanBe(presented))
        {
            if (await made.Find(SecretSettings.Hash(presented)) is not { } answer)
            {
                return AuthenticateResult.Fail(NotNow);
            }

            token = answer.Token;
        }

        if (token is null)
        {
            if (rarely.Now("unknown API token"))
            {
                LogUnknown(Logger, Context.Connection.RemoteIpAddress);
            }

            return AuthenticateResult.Fail("This API token is not known.");
        }

        if (token.Expires is { } expires && expires <= TimeProvider.GetUtcNow())
        {
            if (rarely.Now($"expired {token.Name}"))
            {
                LogExpired(Logger, token.Name, expires);
            }

            return AuthenticateResult.Fail($"This API token expired on {expires:yyyy-MM-dd'T'HH:mm:ss'Z'}.");
        }

        return AuthenticateResult.Success(Ticket(token.Name, token.Scope, Scheme.Name));
    }

    private Task Say(int status, string detail) => TypedResults.Problem(detail, statusCode: status).ExecuteAsync(Context);

    [LoggerMessage(LogLevel.Warning, "An API token that is not known was refused, from {Remote}")]
    private static partial void LogUnknown(ILogger logger, IPAddress? remote);

    [LoggerMessage(LogLevel.Warning, "The API token {Caller}, expired since {Expires:u}, is still used")]
    private static partial void LogExpired(ILogger logger, string caller, DateTimeOffset expires);
}
