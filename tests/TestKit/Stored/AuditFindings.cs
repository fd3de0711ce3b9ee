namespace Incidents.TestKit;

/// <summary>What an audit found wrong: each kind once, with how often and a few examples.</summary>
public sealed class AuditFindings
{
    private const int MostExamples = 5;

    private readonly Dictionary<string, AuditFinding> _found = new(StringComparer.Ordinal);

    public bool None => _found.Count == 0;

    public IReadOnlyCollection<AuditFinding> All => _found.Values;

    /// <param name="what">Plural, as it reads after a number.</param>
    public void Add(string what, string example)
    {
        var known = _found.GetValueOrDefault(what) ?? new(what, 0, []);
        _found[what] = known with
        {
            Count = known.Count + 1,
            Examples = known.Examples.Count < MostExamples ? [.. known.Examples, example] : known.Examples,
        };
    }

    public override string ToString() => string.Join('\n', All);
}

/// <summary>One kind of thing that is wrong.</summary>
public sealed record AuditFinding(string What, long Count, IReadOnlyList<string> Examples)
{
    public override string ToString() => $"{Count} {What}, such as {string.Join("; ", Examples)}";
}
