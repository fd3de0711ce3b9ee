using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Incidents.WebFront.Webhooks;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth;

/// <summary>Reads the configured tokens. A problem names the setting and the fix, never a token.</summary>
internal static class TokenHashes
{
    public const int MinTokenLength = 16;
    private const string Prefix = "sha256:";
    private const int MaxFileBytes = 1_048_576;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    public static List<byte[]> Read(WebhookOptions options, Action<string> problem)
    {
        List<byte[]> hashes = [];
        for (var i = 0; i < options.Tokens.Count; i++)
        {
            if (FromHex(options.Tokens[i]) is { } hash)
            {
                hashes.Add(hash);
            }
            else
            {
                problem($"Webhooks:Tokens:{i} must be 'sha256:' and the 64 hex characters of the token's SHA-256 "
                    + "(printf %s TOKEN | sha256sum).");
            }
        }

        if (!string.IsNullOrEmpty(options.TokenFile))
        {
            hashes.AddRange(FromFile(options.TokenFile, problem));
        }

        return hashes;
    }

    private static byte[]? FromHex(string? text) =>
        text is not null && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.Length == Prefix.Length + (2 * SHA256.HashSizeInBytes)
            && text.AsSpan(Prefix.Length).ContainsAnyExcept(Hex) is false
            ? Convert.FromHexString(text.AsSpan(Prefix.Length))
            : null;

    private static List<byte[]> FromFile(string path, Action<string> problem)
    {
        List<byte[]> hashes = [];
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes)
            {
                problem("Webhooks:TokenFile must name a file of at most 1 MiB, one token a line.");
                return [];
            }

            var line = 0;
            foreach (var text in File.ReadLines(path).Select(static text => text.Trim()))
            {
                line++;
                if (text.Length >= MinTokenLength && text[0] != '#')
                {
                    hashes.Add(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
                }
                else if (text.Length > 0 && text[0] != '#')
                {
                    problem($"Webhooks:TokenFile: line {line} must have a token of at least {MinTokenLength} characters.");
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem($"Webhooks:TokenFile must name a file that can be read ({e.GetType().Name}): one token a line.");
            return [];
        }

        if (hashes.Count == 0)
        {
            problem("Webhooks:TokenFile must hold at least one token, one a line.");
        }

        return hashes;
    }
}

/// <summary>Stops the start when a token is unusable: a mistyped one must not silently leave the webhooks shut, or
/// open.</summary>
internal sealed class TokensValidator : IValidateOptions<WebhookOptions>
{
    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        List<string> problems = [];
        TokenHashes.Read(options, problems.Add);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
