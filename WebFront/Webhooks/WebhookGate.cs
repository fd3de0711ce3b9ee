using Incidents.WebFront.Auth;
using Incidents.WebFront.Webhooks.Credentials;
using Microsoft.Net.Http.Headers;

namespace Incidents.WebFront.Webhooks;

/// <summary>Who may post a webhook, and in what form: whatever headers can tell before a byte of the body is read, a
/// signature after.</summary>
internal sealed class WebhookGate(WebhookSenders senders, TimeProvider clock)
{
    /// <summary>By the headers alone.</summary>
    public Admission Knock(HttpRequest request, WebhookSource source)
    {
        var admission = Identify(request, source);
        return !admission.IsRefused && FormFault(request) is { } fault ? new(fault, admission.Sender) : admission;
    }

    /// <summary>By the body too. What is admitted here must be told its <see cref="Admission.End"/>.</summary>
    public Admission Prove(Admission knocked, byte[] body)
    {
        if (knocked.Reason != AdmissionReason.SignaturePending)
        {
            return knocked;
        }

        if (knocked.Claims.FirstOrDefault(claim => claim.Matches(body)) is not { } right)
        {
            return new(AdmissionReason.SignatureMismatch, knocked.Sender);
        }

        var reason = right.Timestamp is null
            ? AdmissionReason.Admitted
            : right.Keys.Memory.Begin(right.Signature, right.Seconds, clock.GetUtcNow());
        return reason == AdmissionReason.Admitted && right.Timestamp is not null
            ? new(reason, right.Sender.Name, right)
            : new(reason, right.Sender.Name);
    }

    private Admission Identify(HttpRequest request, WebhookSource source)
    {
        if (!senders.Any)
        {
            return Loopback.Admits(request.HttpContext)
                ? new(AdmissionReason.Admitted, source.Text())
                : new(AdmissionReason.NotLocal, null);
        }

        var authorized = senders.Authorized(request);
        return authorized is { Signing: null }
            ? new(AdmissionReason.Admitted, authorized.Name)
            : Signed(request, authorized);
    }

    /// <param name="authorized">Who must have signed, besides its token or password; null: whoever needs nothing else.</param>
    private Admission Signed(HttpRequest request, KnownSender? authorized)
    {
        var now = clock.GetUtcNow();
        var farthest = AdmissionReason.SignatureMissing;
        List<SignatureClaim> claims = [];
        foreach (var sender in authorized is null ? senders.SigningOnly : [authorized])
        {
            if (sender.Signing is { } keys)
            {
                var (reason, claim) = SignatureClaim.Read(sender, keys, request.Headers, now);
                farthest = reason > farthest ? reason : farthest;
                claims.AddRange(claim is null ? [] : [claim]);
            }
        }

        return farthest != AdmissionReason.SignatureMissing || authorized is not null
            ? new(farthest, authorized?.Name, claims)
            : new(request.Headers.Authorization.Count > 0 ? AdmissionReason.WrongCredential : AdmissionReason.NoCredential, null);
    }

    private static AdmissionReason? FormFault(HttpRequest request) =>
        request.Headers.ContentEncoding.Count > 0 ? AdmissionReason.UnsupportedEncoding
        : MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) ? null
        : AdmissionReason.UnsupportedMediaType;
}
