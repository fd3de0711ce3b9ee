using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth;

/// <summary>The tokens that open the API, as hashes: what is not kept cannot leak.</summary>
internal sealed class ApiTokens(IOptions<ApiOptions> options)
{
    private static readonly string[] Times = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    /// <summary>Checked before. Should a file have changed meanwhile, fewer tokens than configured must not serve.</summary>
    public IReadOnlyList<ApiToken> All { get; } = Read(options.Value, SecretSettings.Stop);

    /// <summary>Without any, the API is open to this machine only.</summary>
    public bool Any => All.Count > 0;

    /// <summary>Takes the same time whichever token matches, or none.</summary>
    public ApiToken? Find(string presented)
    {
        var hash = SecretSettings.Hash(presented);
        ApiToken? found = null;
        foreach (var token in All)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, token.Hash) ? token : found;
        }

        return found;
    }

    public static List<ApiToken> Read(ApiOptions options, Action<string> problem)
    {
        if (options.Tokens.Count > ApiOptions.MaxTokens)
        {
            problem($"Api:Tokens may have at most {ApiOptions.MaxTokens} names.");
        }

        return [.. options.Tokens.SelectMany(token => Read(token.Key, token.Value, problem))];
    }

    private static List<ApiToken> Read(string name, ApiTokenOptions options, Action<string> problem)
    {
        var key = $"Api:Tokens:{name}";
        if (!SettingNames.AreSound(name) || name.Equals(ThisMachineHandler.Caller, StringComparison.OrdinalIgnoreCase))
        {
            problem($"{key} must be named with {SettingNames.Rule}, and not '{ThisMachineHandler.Caller}'.");
        }

        List<byte[]> hashes =
        [
            .. string.IsNullOrEmpty(options.Hash) ? [] : SecretSettings.Hashes([(options.Hash, $"{key}:Hash")], problem),
            .. SecretSettings.Lines(options.File, $"{key}:File", "token", problem).Select(SecretSettings.Hash),
        ];
        if (string.IsNullOrEmpty(options.Hash) && string.IsNullOrEmpty(options.File))
        {
            problem($"{key}:Hash must be set ({SecretSettings.HashForm}), or {key}:File to a file with the token.");
        }

        if (ScopeText.Parse(options.Scope) is not { } scope)
        {
            problem($"{key}:Scope must be {ScopeText.AllNames}.");
            return [];
        }

        DateTimeOffset? expires = null;
        if (!string.IsNullOrEmpty(options.Expires))
        {
            const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
            if (!DateTimeOffset.TryParseExact(options.Expires, Times, CultureInfo.InvariantCulture, Utc, out var time))
            {
                problem($"{key}:Expires must be a UTC date or time: 2027-01-31 or 2027-01-31T18:00:00Z.");
                return [];
            }

            expires = time;
        }

        return [.. hashes.Select(hash => new ApiToken(name, hash, scope, expires))];
    }
}

internal sealed record ApiToken(string Name, byte[] Hash, Scope Scope, DateTimeOffset? Expires);
