using System.Text;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Credentials;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Incidents.WebFront.Slack;

/// <summary>Lets in what Slack signed, once, and nothing else.</summary>
internal sealed class SlackGate(IOptions<PressOptions> options, TimeProvider clock)
{
    private const int Remembered = 50_000;

    private readonly List<byte[]> _secrets = [.. options.Value.Secrets(SecretSettings.Stop).Select(Encoding.UTF8.GetBytes)];
    private readonly ReplayMemory _memory = new(SlackSignature.Window, Remembered);

    public bool HasSecret => _secrets.Count > 0;

    /// <summary>By the headers alone.</summary>
    public (AdmissionReason Reason, SlackSignature? Claim) Knock(HttpRequest request)
    {
        var (reason, claim) = SlackSignature.Read(request.Headers, clock.GetUtcNow());
        return claim is null ? (reason, null)
            : request.Headers.ContentEncoding.Count > 0 ? (AdmissionReason.UnsupportedEncoding, null)
            : !IsForm(request) ? (AdmissionReason.UnsupportedMediaType, null)
            : (reason, claim);
    }

    /// <summary>By the body too. What is admitted here must be told its <see cref="End"/>.</summary>
    public AdmissionReason Prove(SlackSignature claim, byte[] body) => claim.Matches(_secrets, body)
        ? _memory.Begin(claim.Hex, claim.Seconds, clock.GetUtcNow())
        : AdmissionReason.SignatureMismatch;

    /// <param name="accepted">Slack heard 200. If it did not, it may send the very same request again.</param>
    public void End(SlackSignature claim, bool accepted) => _memory.End(claim.Hex, claim.Seconds, accepted);

    private static bool IsForm(HttpRequest request) => MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
}
