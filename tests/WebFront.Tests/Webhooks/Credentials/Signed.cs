using System.Globalization;
using System.Text;
using Incidents.WebFront.Webhooks.Credentials;

namespace Incidents.WebFront.Tests.Webhooks.Credentials;

/// <summary>Headers as Grafana signs them.</summary>
internal static class Signed
{
    public const string Secret = "a-signing-key-long-enough";
    public const string TimestampHeader = "X-Grafana-Alerting-Timestamp";

    public static string Of(string body, string? timestamp = null, string secret = Secret) => Convert.ToHexStringLower(
        SignatureClaim.Sign(Encoding.UTF8.GetBytes(secret), timestamp, Encoding.UTF8.GetBytes(body)));

    public static string Unix(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static (string Name, string Value)[] Headers(string body, string? timestamp = null, string secret = Secret) =>
    [
        (HmacOptions.StandardHeader, Of(body, timestamp, secret)),
        .. timestamp is null ? [] : new[] { (TimestampHeader, timestamp) },
    ];
}
