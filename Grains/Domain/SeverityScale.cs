using System.Collections.Immutable;

namespace Incidents.Grains.Domain;

/// <summary>The configured severities, highest first. A value that is not listed counts as <c>unknown</c>.</summary>
internal sealed class SeverityScale(IReadOnlyList<string> highestFirst)
{
    public const string Unknown = "unknown";

    private readonly ImmutableDictionary<string, int> _ranks = highestFirst
        .Select(static (name, place) => KeyValuePair.Create(name, -place))
        .ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly ImmutableDictionary<string, string> _names = highestFirst
        .ToImmutableDictionary(static name => name, static name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Highest first.</summary>
    public IReadOnlyList<string> Names => highestFirst;

    /// <summary>The listed spelling of a severity label.</summary>
    public string Normalize(string label) => _names.GetValueOrDefault(label, Unknown);

    public bool IsHigher(string severity, string than) => Rank(severity) > Rank(than);

    public string Highest(string one, string other) => IsHigher(other, one) ? other : one;

    // A stored severity that configuration no longer lists ranks as unknown.
    private int Rank(string severity) =>
        _ranks.TryGetValue(severity, out var rank) ? rank : _ranks.GetValueOrDefault(Unknown, int.MinValue);
}
