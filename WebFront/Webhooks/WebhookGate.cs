using Incidents.WebFront.Auth;
using Microsoft.Net.Http.Headers;

namespace Incidents.WebFront.Webhooks;

/// <summary>Who may post a webhook, and in what form. Decided before a byte of the body is read.</summary>
internal sealed class WebhookGate(WebhookCredentials credentials)
{
    /// <summary>Null when the request may pass.</summary>
    public Refusal? Refuse(HttpRequest request)
    {
        if (credentials.Any)
        {
            if (!credentials.Admit(request))
            {
                return new(401, "unauthorized", "Send the webhook token: Authorization: Bearer TOKEN.");
            }
        }
        else if (!Loopback.Admits(request.HttpContext))
        {
            return new(403, "forbidden",
                "No webhook token is configured, so only this machine may post. Set Webhooks:TokenFile or Webhooks:Tokens.");
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return new(415, "unsupported_encoding", "The body must not be compressed.");
        }

        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            ? null
            : new(415, "unsupported_media_type", "Content-Type must be application/json.");
    }
}

internal sealed record Refusal(int Status, string Reason, string Message);
