using System.Text.Json;

namespace Incidents.WebFront.Webhooks;

/// <summary>What a sender that is not admitted hears: by which kind of thing it failed, and nothing of who is known.</summary>
internal static class AdmissionAnswer
{
    public static string Text(this AdmissionReason reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());

    public static int Status(this AdmissionReason reason) => reason switch
    {
        AdmissionReason.Admitted or AdmissionReason.SignaturePending => 200,
        AdmissionReason.NotLocal => 403,
        AdmissionReason.NoCredential or AdmissionReason.WrongCredential => 401,
        AdmissionReason.SignatureMissing or AdmissionReason.SignatureMalformed or AdmissionReason.SignatureMismatch => 401,
        AdmissionReason.TimestampMissing or AdmissionReason.TimestampMalformed => 401,
        AdmissionReason.TimestampTooOld or AdmissionReason.TimestampAhead => 401,
        AdmissionReason.Replayed => 401,
        AdmissionReason.UnderWay => 503,
        AdmissionReason.UnsupportedEncoding or AdmissionReason.UnsupportedMediaType => 415,
    };

    /// <summary>Short: Grafana shows it to people.</summary>
    public static string Message(this AdmissionReason reason) => reason switch
    {
        AdmissionReason.Admitted or AdmissionReason.SignaturePending => string.Empty,
        AdmissionReason.NotLocal => "No webhook credentials are configured, so only this machine may post. "
            + "Set Webhooks:TokenFile, Webhooks:Tokens or Webhooks:Senders.",
        AdmissionReason.NoCredential => "The webhook's credentials are missing: an Authorization header or a signature.",
        AdmissionReason.WrongCredential => "The token or password is not known here.",
        AdmissionReason.SignatureMissing => "The signature is missing: this sender must sign what it sends.",
        AdmissionReason.SignatureMalformed => "The signature must be 64 lower-case hex characters.",
        AdmissionReason.SignatureMismatch => "The signature does not match: another secret, another form, or a changed body.",
        AdmissionReason.TimestampMissing => "The timestamp header is missing: this sender must sign the time too.",
        AdmissionReason.TimestampMalformed => "The timestamp must be Unix seconds.",
        AdmissionReason.TimestampTooOld => "The timestamp is too old: sent late, or a clock is wrong.",
        AdmissionReason.TimestampAhead => "The timestamp is in the future: a clock is wrong.",
        AdmissionReason.Replayed => "This signature was accepted before: a replay.",
        AdmissionReason.UnderWay => "The same delivery is being worked on.",
        AdmissionReason.UnsupportedEncoding => "The body must not be compressed.",
        AdmissionReason.UnsupportedMediaType => "Content-Type must be application/json.",
    };
}
