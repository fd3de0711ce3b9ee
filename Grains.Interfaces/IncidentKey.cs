using System.Security.Cryptography;
using System.Text;

namespace Incidents.Grains.Interfaces;

/// <summary>
/// Which kind of incident an alert belongs to: the first 16 characters of the lowercase hex SHA-256 of
/// <c>rule_uid|cluster|namespace|service|phase</c> (UTF-8, a missing part is empty). Every incident of one key is
/// handled by one grain, in order.
/// </summary>
[GenerateSerializer, Immutable, Alias("incident-key")]
public readonly record struct IncidentKey
{
    /// <summary>Hex characters in a key.</summary>
    public const int Length = 16;

    private IncidentKey(string value) => Value = value;

    /// <summary>16 lowercase hex characters.</summary>
    [Id(0)]
    public string Value { get; }

    public static IncidentKey Of(KeyParts parts)
    {
        var text = string.Join('|', parts.RuleUid, parts.Cluster, parts.Namespace, parts.Service, parts.Phase);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return new(Convert.ToHexStringLower(hash.AsSpan(0, Length / 2)));
    }

    public static bool TryParse(string? text, out IncidentKey key)
    {
        var sound = text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);
        key = sound ? new(text!) : default;
        return sound;
    }

    public override string ToString() => Value;
}

/// <summary>What an incident key is made of. A part that the alert does not have is empty, never null.</summary>
[GenerateSerializer, Immutable, Alias("key-parts")]
public sealed record KeyParts(
    [property: Id(0)] string RuleUid,
    [property: Id(1)] string Cluster,
    [property: Id(2)] string Namespace,
    [property: Id(3)] string Service,
    [property: Id(4)] string Phase);
