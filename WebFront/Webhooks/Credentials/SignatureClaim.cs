using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Incidents.WebFront.Webhooks.Credentials;

/// <summary>A sender's signature as the headers claim it; whether it is right, the body will tell.</summary>
/// <param name="Signature">64 lower-case hex characters, so one signature has one form.</param>
/// <param name="Timestamp">As it was sent, since so it was signed; null when this sender signs the body alone.</param>
internal sealed record SignatureClaim(KnownSender Sender, SigningKeys Keys, string Signature, string? Timestamp, long Seconds)
{
    /// <summary>A Unix time of more digits is past the year 9999.</summary>
    private const int MaxDigits = 12;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <summary>What headers alone can refuse. <see cref="AdmissionReason.SignaturePending"/> comes with a claim.</summary>
    public static (AdmissionReason Reason, SignatureClaim? Claim) Read(
        KnownSender sender, SigningKeys keys, IHeaderDictionary headers, DateTimeOffset now)
    {
        if (headers[keys.Header] is not { Count: > 0 } signatures)
        {
            return (AdmissionReason.SignatureMissing, null);
        }

        if (signatures is not [{ Length: 2 * SHA256.HashSizeInBytes } signature] || signature.AsSpan().ContainsAnyExcept(LowerHex))
        {
            return (AdmissionReason.SignatureMalformed, null);
        }

        if (keys.TimestampHeader is null)
        {
            return (AdmissionReason.SignaturePending, new(sender, keys, signature, null, 0));
        }

        if (headers[keys.TimestampHeader] is not { Count: > 0 } timestamps)
        {
            return (AdmissionReason.TimestampMissing, null);
        }

        if (timestamps is not [{ Length: <= MaxDigits } timestamp]
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return (AdmissionReason.TimestampMalformed, null);
        }

        return seconds < (now - keys.Window).ToUnixTimeSeconds() ? (AdmissionReason.TimestampTooOld, null)
            : seconds > (now + keys.Window).ToUnixTimeSeconds() ? (AdmissionReason.TimestampAhead, null)
            : (AdmissionReason.SignaturePending, new(sender, keys, signature, timestamp, seconds));
    }

    /// <summary>In constant time for each live secret.</summary>
    public bool Matches(ReadOnlySpan<byte> body)
    {
        var claimed = Convert.FromHexString(Signature);
        foreach (var secret in Keys.Secrets)
        {
            if (CryptographicOperations.FixedTimeEquals(claimed, Sign(secret, Timestamp, body)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>grafana/alerting <c>http/hmac.go</c>: with a timestamp, that and a colon come before the body.</summary>
    public static byte[] Sign(byte[] secret, string? timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        if (timestamp is not null)
        {
            hmac.AppendData(Encoding.UTF8.GetBytes($"{timestamp}:"));
        }

        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
