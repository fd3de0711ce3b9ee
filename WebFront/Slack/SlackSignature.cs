using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Credentials;

namespace Incidents.WebFront.Slack;

/// <summary>Slack's signature as the headers claim it (docs.slack.dev, "Verifying requests from Slack"); whether it is
/// right, the body will tell.</summary>
/// <param name="Hex">64 lower-case hex characters, so one signature has one form.</param>
/// <param name="Timestamp">As it was sent, since so it was signed.</param>
internal sealed record SlackSignature(string Hex, string Timestamp, long Seconds)
{
    public const string Header = "X-Slack-Signature";
    public const string TimestampHeader = "X-Slack-Request-Timestamp";
    private const string Version = "v0";
    private const string Prefix = $"{Version}=";

    /// <summary>A Unix time of more digits is past the year 9999.</summary>
    private const int MaxDigits = 12;

    /// <summary>How far the timestamp may be from now, either way.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>What headers alone can refuse. <see cref="AdmissionReason.SignaturePending"/> comes with a claim.</summary>
    public static (AdmissionReason Reason, SlackSignature? Claim) Read(IHeaderDictionary headers, DateTimeOffset now)
    {
        if (headers[Header] is not { Count: > 0 } signatures)
        {
            return (AdmissionReason.SignatureMissing, null);
        }

        if (signatures is not [{ } signature] || signature.Length != Prefix.Length + (2 * SHA256.HashSizeInBytes)
            || !signature.StartsWith(Prefix, StringComparison.Ordinal)
            || signature.AsSpan(Prefix.Length).ContainsAnyExcept(LowerHex))
        {
            return (AdmissionReason.SignatureMalformed, null);
        }

        if (headers[TimestampHeader] is not { Count: > 0 } timestamps)
        {
            return (AdmissionReason.TimestampMissing, null);
        }

        if (timestamps is not [{ Length: <= MaxDigits } timestamp]
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return (AdmissionReason.TimestampMalformed, null);
        }

        return seconds < (now - Window).ToUnixTimeSeconds() ? (AdmissionReason.TimestampTooOld, null)
            : seconds > (now + Window).ToUnixTimeSeconds() ? (AdmissionReason.TimestampAhead, null)
            : (AdmissionReason.SignaturePending, new(signature[Prefix.Length..], timestamp, seconds));
    }

    /// <summary>In constant time, whichever secret matches, or none.</summary>
    public bool Matches(IReadOnlyList<byte[]> secrets, ReadOnlySpan<byte> body)
    {
        var (claimed, any) = (Convert.FromHexString(Hex), false);
        foreach (var secret in secrets)
        {
            any |= CryptographicOperations.FixedTimeEquals(claimed, Sign(secret, Timestamp, body));
        }

        return any;
    }

    /// <summary>HMAC-SHA256 over <c>v0:timestamp:body</c>.</summary>
    public static byte[] Sign(byte[] secret, string timestamp, ReadOnlySpan<byte> body) =>
        SignatureClaim.Sign(secret, $"{Version}:{timestamp}", body);
}
