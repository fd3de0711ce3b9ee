using System.Security.Claims;
using Incidents.WebFront.AuditTrail;
using Incidents.WebFront.Hosting;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth.SignIn;

/// <summary>What becomes of somebody who comes back from the provider.</summary>
internal sealed partial class OpenIdEvents(
    IOptions<SignInOptions> options, AuditLog audit, Rarely rarely, TimeProvider clock, ILogger<OpenIdEvents> logger)
    : OpenIdConnectEvents
{
    private const int MaxMessage = 300;
    private static readonly string[] Names = ["preferred_username", "email", "name", "sub"];
    private static readonly TimeSpan WriteWithin = TimeSpan.FromSeconds(5);

    /// <summary>The provider says who it is. What they may do is decided here, once for the session.</summary>
    public override async Task TicketReceived(TicketReceivedContext context)
    {
        var name = NameOf(context.Principal!, options.Value);
        var scope = Roles.Of(context.Principal!.FindAll(options.Value.RoleClaim).Select(static claim => claim.Value), options.Value);
        var origin = new Origin(Via.Session, Origin.Text(context.HttpContext.Connection.RemoteIpAddress));
        var entry = new AuditEntry(
            clock.GetUtcNow(), name, null, origin, AuditEntry.SignIn, "", scope is null ? AuditEntry.NoRole : AuditEntry.Done, scope?.Text());
        using var deadline = new CancellationTokenSource(WriteWithin, clock);
        if (await audit.Write(entry, deadline.Token) is null)
        {
            Back(context, SignInFailure.DatabaseAway);
        }
        else if (scope is null)
        {
            Back(context, SignInFailure.NoRole);
        }
        else
        {
            context.Principal = ApiTokenHandler.Ticket(name, scope.Value, Session.Scheme).Principal;
            context.Properties = new(); // nothing of the way there is kept
        }
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        if (rarely.Now("failed sign-in"))
        {
            LogFailed(CleanText.Cut(CleanText.Strip(context.Failure?.Message ?? ""), MaxMessage));
        }

        Back(context, SignInFailure.Failed);
        return Task.CompletedTask;
    }

    internal static string NameOf(ClaimsPrincipal user, SignInOptions options)
    {
        string[] claims = options.NameClaim is { } own ? [own, "sub"] : Names;
        return claims.Select(user.FindFirstValue).Select(PersonName.Of).OfType<string>().FirstOrDefault() ?? "?";
    }

    private static void Back(HandleRequestContext<Microsoft.AspNetCore.Authentication.RemoteAuthenticationOptions> context, SignInFailure why)
    {
        context.Response.Redirect($"/sign-in?why={why.Text()}");
        context.HandleResponse();
    }

    [LoggerMessage(LogLevel.Warning, "A sign-in failed on its way back from the provider: {Message}; said at most once a minute")]
    private partial void LogFailed(string message);
}
