using Incidents.WebFront.Auth.SignIn;
using Incidents.WebFront.Webhooks.Credentials;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth;

/// <summary>Says once which half of the service is for this machine only, and which tokens have run out. It asks for
/// all credentials, so their files are read at the start and not with the first request.</summary>
internal sealed partial class AccessAtStart(
    ApiTokens tokens, IOptions<SignInOptions> signIn, WebhookSenders senders, TimeProvider clock, ILogger<AccessAtStart> logger)
    : IHostedService
{
    private bool IsGuarded => tokens.Any || SignInModes.Parse(signIn.Value.Mode) != SignInMode.None;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (senders.Any && !IsGuarded)
        {
            LogApiIsLocal();
        }
        else if (IsGuarded && !senders.Any)
        {
            LogWebhooksAreLocal();
        }

        foreach (var token in tokens.All.Where(token => token.Expires <= clock.GetUtcNow()))
        {
            LogExpired(token.Name, token.Expires!.Value);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "No API token is configured and nobody can sign in: pages "
        + "are for this machine only, and the API answers on this machine only; set SignIn:Mode or Api:Tokens")]
    private partial void LogApiIsLocal();

    [LoggerMessage(LogLevel.Warning, "No webhook credentials are configured: only this machine may post webhooks; "
        + "set Webhooks:TokenFile, Webhooks:Tokens or Webhooks:Senders")]
    private partial void LogWebhooksAreLocal();

    [LoggerMessage(LogLevel.Warning, "The API token {Caller} expired on {Expires:u}; it is refused")]
    private partial void LogExpired(string caller, DateTimeOffset expires);
}
