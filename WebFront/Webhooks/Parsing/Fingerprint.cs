using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>Which series an alert belongs to, for senders that do not say.</summary>
internal static class Fingerprint
{
    private const int MaxLength = 64;
    private const int HexLength = 16;

    /// <summary>The sender's, if it is 1 to 64 printable ASCII characters; null otherwise.</summary>
    public static string? Sent(ReadOnlySpan<byte> token) =>
        token.Length is > 0 and <= MaxLength && token.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0
            && !token.Contains((byte)'\\')
            ? Encoding.ASCII.GetString(token)
            : null;

    /// <summary>From the labels, whatever their order. When some were left out it is made from the bytes instead:
    /// two series may differ in just those.</summary>
    public static string Of(TextMap labels, ReadOnlySpan<byte> labelBytes)
    {
        if (labels.LeftOut > 0)
        {
            return Hash(labelBytes);
        }

        var text = new ArrayBufferWriter<byte>();
        foreach (var (name, value) in labels.Texts.OrderBy(static label => label.Key, StringComparer.Ordinal))
        {
            Encoding.UTF8.GetBytes(name, text);
            text.Write<byte>([0xFF]); // In no UTF-8 text, so no two sets of labels look alike.
            Encoding.UTF8.GetBytes(value, text);
            text.Write<byte>([0xFF]);
        }

        return Hash(text.WrittenSpan);
    }

    /// <summary>16 hex characters that stand for a text of any length.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, HexLength / 2));
}
