using System.Buffers;
using System.Globalization;
using System.Text;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>
/// The text of a JSON string whose bytes are known to be valid UTF-8. Unlike <c>Utf8JsonReader.GetString</c> it does
/// not throw on an escaped lone surrogate (<c>"\ud800"</c> is sound JSON) but reads it as U+FFFD: an alert must not
/// cost an exception.
/// </summary>
internal static class JsonText
{
    private const char Replacement = '\uFFFD';

    /// <param name="token">What stands between the quotes.</param>
    public static string Read(ReadOnlySpan<byte> token)
    {
        if (token.IndexOf((byte)'\\') < 0)
        {
            return Encoding.UTF8.GetString(token);
        }

        var chars = ArrayPool<char>.Shared.Rent(token.Length);
        try
        {
            return new string(chars, 0, Unescape(token, chars));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    private static int Unescape(ReadOnlySpan<byte> token, Span<char> chars)
    {
        var length = 0;
        while (token.Length > 0)
        {
            var plain = token.IndexOf((byte)'\\') is var at and >= 0 ? at : token.Length;
            length += Encoding.UTF8.GetChars(token[..plain], chars[length..]);
            token = token[plain..];
            if (token.Length > 0)
            {
                chars[length++] = ReadEscape(ref token, out var low);
                if (low is { } second)
                {
                    chars[length++] = second;
                }
            }
        }

        return length;
    }

    /// <summary>Reads one escape at the start of <paramref name="token"/>, or two that make a surrogate pair.</summary>
    private static char ReadEscape(ref ReadOnlySpan<byte> token, out char? low)
    {
        low = null;
        if (token[1] != (byte)'u')
        {
            var simple = Simple(token[1]);
            token = token[2..];
            return simple;
        }

        var first = Hex(token);
        token = token[6..];
        if (char.IsHighSurrogate(first) && token is [(byte)'\\', (byte)'u', ..] && Hex(token) is var next
            && char.IsLowSurrogate(next))
        {
            low = next;
            token = token[6..];
            return first;
        }

        return char.IsSurrogate(first) ? Replacement : first;
    }

    private static char Simple(byte escape) => (char)escape switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        var same => same, // Quote, backslash, slash; the reader has refused all else.
    };

    private static char Hex(ReadOnlySpan<byte> token) =>
        (char)ushort.Parse(token[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
