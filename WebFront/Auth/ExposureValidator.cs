using Incidents.WebFront.Auth.SignIn;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Credentials;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth;

/// <summary>Stops the start when the network could reach a service that nothing guards. With credentials for one half,
/// the other stays for this machine only, request by request.</summary>
internal sealed class ExposureValidator(IConfiguration configuration, IOptions<WebhookOptions> webhooks)
    : IValidateOptions<ApiOptions>
{
    private bool ForwardedHeaders => string.Equals(
        configuration["FORWARDEDHEADERS_ENABLED"], "true", StringComparison.OrdinalIgnoreCase);

    public ValidateOptionsResult Validate(string? name, ApiOptions options) =>
        ListenUrls.Of(configuration).FirstOrDefault(static url => !ListenUrls.IsUrl(url)) is { } text
        ? ValidateOptionsResult.Fail($"Urls: '{text}' is not an address such as {ListenUrls.Standard}.")
        : ForwardedHeaders
        ? ValidateOptionsResult.Fail(
            "FORWARDEDHEADERS_ENABLED must not be set: it takes any caller's word for where the call comes from, and what has "
            + "no credentials is for this machine only. Proxies:Networks takes that of your proxies.")
        : Guarded(options) || ListenUrls.Of(configuration).All(ListenUrls.IsLoopback)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "Listening beyond this machine needs credentials: set Webhooks:TokenFile or Webhooks:Tokens or Webhooks:Senders "
                + $"for webhooks, SignIn:Mode or Api:Tokens for the pages and the API, or listen on {ListenUrls.Standard}.");

    /// <summary>By credentials that were read: that a setting is there says nothing.</summary>
    private bool Guarded(ApiOptions options) =>
        SignInModes.Of(configuration) != SignInMode.None
        || ApiTokens.Read(options, static _ => { }).Count > 0
        || KnownSenders.Sound(webhooks) is not { } senders
        || senders.Any(static sender => sender.Secrets.Any());
}
