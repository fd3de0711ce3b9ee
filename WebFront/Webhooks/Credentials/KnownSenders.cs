using System.Buffers;
using System.Text;
using Incidents.WebFront.Auth;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks.Credentials;

/// <summary>Reads the senders from the settings. A problem names the setting and the fix, never a secret.</summary>
internal static class KnownSenders
{
    /// <summary>The name of the sender whose tokens stand in <c>Webhooks:Tokens</c> and <c>Webhooks:TokenFile</c>.</summary>
    public const string Default = "default";

    /// <summary>Of each kind that one sender may have at once.</summary>
    private const int MaxSecrets = 16;

    /// <summary>What an HTTP header's name is made of (RFC 9110, token).</summary>
    private static readonly SearchValues<char> HeaderName =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static List<KnownSender> Read(WebhookOptions options, Action<string> problem)
    {
        List<KnownSender> senders = [];
        if (options.Tokens.Count > 0 || !string.IsNullOrEmpty(options.TokenFile))
        {
            senders.Add(new(Default, Tokens(options.Tokens, options.TokenFile, "Webhooks", problem), null, null));
            if (options.Senders.ContainsKey(Default))
            {
                problem($"Webhooks:Senders:{Default} is what Webhooks:Tokens and Webhooks:TokenFile belong to: move them into it.");
            }
        }

        senders.AddRange(options.Senders.Select(sender => Read(sender.Key, sender.Value, options.ReplayCacheSize, problem)));
        return senders;
    }

    /// <summary>For who only looks. Null when their section is not sound, which stops the start with messages of its
    /// own.</summary>
    public static IReadOnlyList<KnownSender>? Sound(IOptions<WebhookOptions> options)
    {
        try
        {
            return Read(options.Value, static _ => { });
        }
        catch (OptionsValidationException)
        {
            return null;
        }
    }

    private static KnownSender Read(string name, SenderCredentialOptions options, int remembered, Action<string> problem)
    {
        var key = $"Webhooks:Senders:{name}";
        if (!SettingNames.AreSound(name))
        {
            problem($"{key} must be named with {SettingNames.Rule}.");
        }

        var sender = new KnownSender(
            name,
            Tokens(options.Tokens, options.TokenFile, key, problem),
            Basic(options.Basic, $"{key}:Basic", problem),
            Signing(options.Hmac, $"{key}:Hmac", remembered, problem));
        if (options.Tokens.Count == 0 && string.IsNullOrEmpty(options.TokenFile) && sender.Basic is null && sender.Signing is null)
        {
            problem($"{key} has no credentials: set Tokens, TokenFile, Basic or Hmac below it, or remove it.");
        }

        return sender;
    }

    private static List<byte[]> Tokens(IList<string> hashes, string? file, string key, Action<string> problem) => AtMost(
        [
            .. SecretSettings.Hashes(hashes.Select((text, i) => ((string?)text, $"{key}:Tokens:{i}")), problem),
            .. SecretSettings.Lines(file, $"{key}:TokenFile", "token", problem).Select(SecretSettings.Hash),
        ],
        $"{key}:Tokens",
        problem);

    private static BasicLogin? Basic(BasicOptions options, string key, Action<string> problem)
    {
        var named = !string.IsNullOrEmpty(options.Username);
        var secret = options.PasswordHashes.Count > 0 || !string.IsNullOrEmpty(options.PasswordFile);
        if (!named && !secret)
        {
            return null;
        }

        if (!named || options.Username!.Contains(':', StringComparison.Ordinal) || !secret)
        {
            problem($"{key} needs both a Username without a colon, and PasswordHashes or PasswordFile.");
        }

        var passwords = AtMost(
            [
                .. SecretSettings.Hashes(options.PasswordHashes.Select((text, i) => ((string?)text, $"{key}:PasswordHashes:{i}")), problem),
                .. SecretSettings.Lines(options.PasswordFile, $"{key}:PasswordFile", "password", problem).Select(SecretSettings.Hash),
            ],
            $"{key}:PasswordHashes",
            problem);
        return new(SecretSettings.Hash(options.Username ?? string.Empty), passwords);
    }

    private static SigningKeys? Signing(HmacOptions options, string key, int remembered, Action<string> problem)
    {
        if (!options.Any)
        {
            if (options.TimestampHeader is not null || options.Header != HmacOptions.StandardHeader)
            {
                problem($"{key} needs Secrets or a SecretFile.");
            }

            return null;
        }

        foreach (var (i, secret) in options.Secrets.Index().Where(static s => (s.Item ?? string.Empty).Length < SecretSettings.MinLength))
        {
            problem($"{key}:Secrets:{i} must have at least {SecretSettings.MinLength} characters.");
        }

        var timestampHeader = string.IsNullOrEmpty(options.TimestampHeader) ? null : options.TimestampHeader;
        if (!IsHeader(options.Header) || (timestampHeader is not null && !IsHeader(timestampHeader))
            || options.Header.Equals(timestampHeader, StringComparison.OrdinalIgnoreCase))
        {
            problem($"{key}:Header and {key}:TimestampHeader must be two names of HTTP headers.");
        }

        if (options.ReplayWindow < TimeSpan.FromSeconds(1) || options.ReplayWindow > TimeSpan.FromHours(1))
        {
            problem($"{key}:ReplayWindow must be between 00:00:01 and 01:00:00.");
        }

        var secrets = options.Secrets.Concat(SecretSettings.Lines(options.SecretFile, $"{key}:SecretFile", "secret", problem));
        return new(
            AtMost([.. secrets.Select(static secret => Encoding.UTF8.GetBytes(secret ?? string.Empty))], $"{key}:Secrets", problem),
            options.Header,
            timestampHeader,
            options.ReplayWindow,
            remembered);
    }

    private static List<byte[]> AtMost(List<byte[]> secrets, string key, Action<string> problem)
    {
        if (secrets.Count > MaxSecrets)
        {
            problem($"{key} may have at most {MaxSecrets} live secrets, those of its file counted.");
        }

        return secrets;
    }

    private static bool IsHeader(string name) => name.Length is > 0 and <= 64 && !name.AsSpan().ContainsAnyExcept(HeaderName);
}
