using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Incidents.WebFront.Auth;

/// <summary>Reads secrets from settings and files. A problem names the setting and the fix, never the secret.</summary>
internal static class SecretSettings
{
    public const int MinLength = 16;
    public const string HashForm = "'sha256:' and the 64 hex characters of its SHA-256";
    private const string Prefix = "sha256:";
    private const int MaxFileBytes = 1_048_576;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <exception cref="InvalidDataException">Always; it ends the start with this line.</exception>
    public static void Stop(string problem) => throw new InvalidDataException(problem);

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public static List<byte[]> Hashes(IEnumerable<(string? Text, string Key)> settings, Action<string> problem)
    {
        List<byte[]> hashes = [];
        foreach (var (text, key) in settings)
        {
            if (text is not null && text.StartsWith(Prefix, StringComparison.Ordinal)
                && text.Length == Prefix.Length + (2 * SHA256.HashSizeInBytes)
                && !text.AsSpan(Prefix.Length).ContainsAnyExcept(Hex))
            {
                hashes.Add(Convert.FromHexString(text.AsSpan(Prefix.Length)));
            }
            else
            {
                problem($"{key} must be {HashForm} (printf %s SECRET | sha256sum).");
            }
        }

        return hashes;
    }

    /// <summary>One a line; empty lines and those that begin with <c>#</c> are none. Nothing without a path.</summary>
    /// <param name="what">What a line holds, for the message.</param>
    public static List<string> Lines(string? path, string key, string what, Action<string> problem)
    {
        List<string> secrets = [];
        if (string.IsNullOrEmpty(path))
        {
            return secrets;
        }

        try
        {
            if (new FileInfo(path).Length > MaxFileBytes)
            {
                problem($"{key} must name a file of at most 1 MiB, one {what} a line.");
                return [];
            }

            foreach (var (index, line) in File.ReadLines(path).Select(static text => text.Trim()).Index())
            {
                if (line.Length >= MinLength && line[0] != '#')
                {
                    secrets.Add(line);
                }
                else if (line.Length > 0 && line[0] != '#')
                {
                    problem($"{key}: line {index + 1} must have a {what} of at least {MinLength} characters.");
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem($"{key} must name a file that can be read ({e.GetType().Name}): one {what} a line.");
            return [];
        }

        if (secrets.Count == 0)
        {
            problem($"{key} must hold at least one {what}, one a line.");
        }

        return secrets;
    }
}
