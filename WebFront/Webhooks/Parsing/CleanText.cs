using System.Buffers;
using System.Globalization;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>
/// Text fit for people's eyes: without control characters, which can hide or rewrite what a terminal shows, and
/// without bidi overrides and isolates, which make <c>exe.png</c> out of <c>gnp.exe</c>. Joiners, direction marks and
/// combining marks stay: languages need them.
/// </summary>
internal static class CleanText
{
    private static readonly SearchValues<char> Stripped = SearchValues.Create(
    [
        .. Enumerable.Range(0x00, 0x20).Select(static c => (char)c).Except(['\t', '\n', '\r']),
        .. Enumerable.Range(0x7F, 0x21).Select(static c => (char)c), // DEL and C1.
        .. Enumerable.Range(0x202A, 5).Select(static c => (char)c), // Embeddings and overrides.
        .. Enumerable.Range(0x2066, 4).Select(static c => (char)c), // Isolates.
    ]);

    public static string Read(ReadOnlySpan<byte> token) => Strip(JsonText.Read(token));

    public static string Strip(string text)
    {
        if (!text.AsSpan().ContainsAny(Stripped))
        {
            return text;
        }

        var kept = ArrayPool<char>.Shared.Rent(text.Length);
        var length = 0;
        foreach (var c in text)
        {
            if (!Stripped.Contains(c))
            {
                kept[length++] = c;
            }
        }

        var clean = new string(kept, 0, length);
        ArrayPool<char>.Shared.Return(kept);
        return clean;
    }

    /// <summary>The longest beginning of at most <paramref name="max"/> UTF-16 characters that ends between two
    /// graphemes; inside one only if it alone is longer, and never inside a surrogate pair.</summary>
    public static string Cut(string text, int max)
    {
        if (text.Length <= max)
        {
            return text;
        }

        var end = 0;
        while (StringInfo.GetNextTextElementLength(text.AsSpan(end)) is var next && end + next <= max)
        {
            end += next;
        }

        if (end == 0)
        {
            end = char.IsHighSurrogate(text[max - 1]) ? max - 1 : max;
        }

        return text[..end];
    }
}
