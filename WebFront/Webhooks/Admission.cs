using Incidents.WebFront.Webhooks.Credentials;

namespace Incidents.WebFront.Webhooks;

/// <summary>Whether a delivery may come in, and why not: what the gate says.</summary>
/// <param name="Sender">Whose credential it was, or null while that is not known. Without any credential configured the
/// path's name.</param>
/// <param name="Claims">With <see cref="AdmissionReason.SignaturePending"/>: of whom the signature may be. After that
/// the one that was right, when it must not be accepted twice.</param>
internal sealed record Admission(AdmissionReason Reason, string? Sender, params IReadOnlyList<SignatureClaim> Claims)
{
    public bool IsRefused => Reason is not (AdmissionReason.Admitted or AdmissionReason.SignaturePending);

    /// <summary>Says how an admitted delivery ended.</summary>
    /// <param name="accepted">The sender heard 2xx. If it did not, it may send the very same request again.</param>
    public void End(bool accepted)
    {
        foreach (var claim in Claims)
        {
            claim.Keys.Memory.End(claim.Signature, claim.Seconds, accepted);
        }
    }
}

/// <summary>Why a delivery was let in or not. The same name is the answer's reason and the log field. Those of a
/// signature stand in the order in which it is checked: of several senders that may have signed, the one that came
/// farthest counts.</summary>
internal enum AdmissionReason
{
    Admitted = 1,

    /// <summary>No credentials are configured, and the caller is not this machine.</summary>
    NotLocal,

    /// <summary>Neither a token or password, nor a signature.</summary>
    NoCredential,

    /// <summary>A token or password that no sender has, or an Authorization that cannot be read.</summary>
    WrongCredential,

    SignatureMissing,

    /// <summary>Not 64 lower-case hex characters, or several.</summary>
    SignatureMalformed,

    TimestampMissing,

    /// <summary>Not a whole number of Unix seconds, or several.</summary>
    TimestampMalformed,

    TimestampTooOld,

    TimestampAhead,

    /// <summary>As far as headers tell it may be right; the body will tell.</summary>
    SignaturePending,

    SignatureMismatch,

    /// <summary>The same timestamp and signature were accepted before.</summary>
    Replayed,

    /// <summary>The same timestamp and signature are being worked on; whether they are accepted is open.</summary>
    UnderWay,

    /// <summary>Content-Encoding.</summary>
    UnsupportedEncoding,

    /// <summary>Content-Type.</summary>
    UnsupportedMediaType,
}
