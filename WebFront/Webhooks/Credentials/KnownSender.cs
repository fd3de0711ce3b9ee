using System.Security.Cryptography;
using Incidents.WebFront.Auth;

namespace Incidents.WebFront.Webhooks.Credentials;

/// <summary>A sender with what it is known by, read from its <see cref="SenderCredentialOptions"/>.</summary>
internal sealed class KnownSender(string name, IReadOnlyList<byte[]> tokens, BasicLogin? basic, SigningKeys? signing)
{
    public string Name => name;

    public IReadOnlyList<byte[]> Tokens => tokens;

    public BasicLogin? Basic => basic;

    /// <summary>When there are any, every delivery must be signed with one.</summary>
    public SigningKeys? Signing => signing;

    /// <summary>Known by its signature alone, so not before the body is read.</summary>
    public bool SignsOnly => tokens.Count == 0 && basic is null;

    /// <summary>The hashes of all of its secrets.</summary>
    public IEnumerable<byte[]> Secrets =>
        [.. tokens, .. basic?.Passwords ?? [], .. signing?.Secrets.Select(SHA256.HashData) ?? []];

    /// <summary>Takes the same time whichever token matches, or none.</summary>
    public bool HasToken(byte[] hash) => AnyEquals(tokens, hash);

    public bool HasLogin((string User, string Password) given) =>
        basic is not null
        & CryptographicOperations.FixedTimeEquals(basic?.Username, SecretSettings.Hash(given.User))
        & AnyEquals(basic?.Passwords ?? [], SecretSettings.Hash(given.Password));

    private static bool AnyEquals(IReadOnlyList<byte[]> known, byte[] given)
    {
        var any = false;
        foreach (var one in known)
        {
            any |= CryptographicOperations.FixedTimeEquals(one, given);
        }

        return any;
    }
}

/// <summary>All as SHA-256.</summary>
internal sealed class BasicLogin(byte[] username, IReadOnlyList<byte[]> passwords)
{
    public byte[] Username => username;

    public IReadOnlyList<byte[]> Passwords => passwords;
}

/// <param name="timestampHeader">Null: the body alone is signed, and nothing is remembered.</param>
internal sealed class SigningKeys(
    IReadOnlyList<byte[]> secrets, string header, string? timestampHeader, TimeSpan window, int remembered)
{
    public IReadOnlyList<byte[]> Secrets => secrets;

    public string Header => header;

    public string? TimestampHeader => timestampHeader;

    public TimeSpan Window => window;

    /// <summary>What it has delivered already.</summary>
    public ReplayMemory Memory { get; } = new(window, remembered);
}
