using System.Collections.Immutable;

namespace Incidents.Grains.Domain;

/// <summary>
/// The sender's groups of which an incident does not know every series, as words of a text that fits its column:
/// <c>t</c> (truncated by the sender) or <c>c</c> (more series than are followed) and the group's 16 hex
/// characters. More groups than fit become <c>*</c>, which nothing completes: a person or staleness ends it.
/// </summary>
internal sealed record IncompleteGroups
{
    public static readonly IncompleteGroups None = new([]);

    private const int MostGroups = 14;
    private const string TooMany = "*";

    private readonly ImmutableSortedSet<string> _words;

    private IncompleteGroups(ImmutableSortedSet<string> words) => _words = words;

    public bool IsEmpty => _words.IsEmpty;

    public bool AnyCapped => _words.Any(static word => word[0] != 't');

    public static IncompleteGroups Parse(string text) => text.Length == 0
        ? None
        : new(text.Split(' ').ToImmutableSortedSet(StringComparer.Ordinal));

    public bool Contains(string group, Incompleteness why) => _words.Contains(TooMany) || _words.Contains(Word(group, why));

    public bool Mentions(string group, Incompleteness why) => _words.Contains(Word(group, why));

    public IncompleteGroups With(string group, Incompleteness why) =>
        _words.Count < MostGroups ? new(_words.Add(Word(group, why))) : new([TooMany]);

    public IncompleteGroups Without(string group, Incompleteness why) => new(_words.Remove(Word(group, why)));

    public bool Equals(IncompleteGroups? other) => other is not null && _words.SetEquals(other._words);

    public override int GetHashCode() => _words.Count;

    public override string ToString() => string.Join(' ', _words);

    private static string Word(string group, Incompleteness why) => why switch
    {
        Incompleteness.Truncated => "t" + group,
        Incompleteness.InstancesCapped => "c" + group,
    };
}

/// <summary>Why not every series of a group is known.</summary>
internal enum Incompleteness
{
    /// <summary>The sender left alerts out (<c>truncatedAlerts</c>).</summary>
    Truncated = 1,

    /// <summary>More series than <c>Episodes:MaxInstances</c>.</summary>
    InstancesCapped = 2,
}
