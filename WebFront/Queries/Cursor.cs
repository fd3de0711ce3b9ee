using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Incidents.WebFront.Queries;

/// <summary>
/// Where a list goes on: the sort values of the last row that was given, bound to the query by a hash of it, so that
/// the cursor of another list or of other filters is found out. Opaque, and worth nothing to a forger: whoever makes one
/// up sees rows that the same query shows anyway.
/// </summary>
internal static class Cursor
{
    public const int MaxLength = 512;
    private const int HashLength = 8;
    private const char Between = '\n';

    /// <param name="query">The list and its filters as one text.</param>
    public static string Write(string query, params ReadOnlySpan<string> position) =>
        Base64Url.EncodeToString([.. Hash(query), .. Encoding.UTF8.GetBytes(string.Join(Between, position))]);

    /// <summary>False when it is none, of another query, or not of so many values.</summary>
    public static bool TryRead(string text, string query, int values, [NotNullWhen(true)] out string[]? position)
    {
        position = null;
        var bytes = new byte[MaxLength];
        if (text.Length <= MaxLength && Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, bytes, out var length) && length > HashLength
            && bytes.AsSpan(0, HashLength).SequenceEqual(Hash(query)))
        {
            var found = Encoding.UTF8.GetString(bytes.AsSpan(HashLength, length - HashLength)).Split(Between);
            position = found.Length == values ? found : null;
        }

        return position is not null;
    }

    private static byte[] Hash(string query) => SHA256.HashData(Encoding.UTF8.GetBytes(query))[..HashLength];
}
