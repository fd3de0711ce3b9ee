using Incidents.WebFront.Auth;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Incidents.WebFront.Webhooks.Credentials;

/// <summary>The senders that may post, as configured.</summary>
internal sealed class WebhookSenders
{
    private readonly List<KnownSender> _senders;

    public WebhookSenders(IOptions<WebhookOptions> options)
    {
        // Checked before. Should a file have changed meanwhile, a sender must not be left with fewer locks.
        _senders = KnownSenders.Read(options.Value, SecretSettings.Stop);
        SigningOnly = [.. _senders.Where(static sender => sender.SignsOnly)];
        Challenges = new(
        [
            .. _senders.Any(static sender => sender.Tokens.Count > 0) ? ["Bearer"] : Array.Empty<string>(),
            .. _senders.Any(static sender => sender.Basic is not null) ? ["Basic realm=\"webhooks\", charset=\"UTF-8\""] : Array.Empty<string>(),
            .. _senders.Any(static sender => sender.Signing is not null) ? ["HMAC-SHA256"] : Array.Empty<string>(),
        ]);
    }

    /// <summary>Without any, webhooks are open to this machine only.</summary>
    public bool Any => _senders.Count > 0;

    /// <summary>What <c>WWW-Authenticate</c> says with a 401: the kinds of credentials that there are, nothing of whose.</summary>
    public StringValues Challenges { get; }

    public IReadOnlyList<KnownSender> SigningOnly { get; }

    /// <summary>Whose token or password the request carries. All are compared, whichever matches.</summary>
    public KnownSender? Authorized(HttpRequest request)
    {
        KnownSender? found = null;
        if (AuthorizationHeader.Bearer(request) is { } token)
        {
            var hash = SecretSettings.Hash(token);
            foreach (var sender in _senders)
            {
                found = sender.HasToken(hash) ? sender : found;
            }
        }
        else if (AuthorizationHeader.Basic(request) is { } login)
        {
            foreach (var sender in _senders)
            {
                found = sender.HasLogin(login) ? sender : found;
            }
        }

        return found;
    }
}
