namespace Incidents.WebFront.Queries;

/// <summary>Whether a filter lets an incident through: what <see cref="IncidentListSql"/> asks the database, asked of a row in
/// memory.</summary>
internal static class IncidentMatch
{
    /// <summary>By what an incident is from its first to its last moment.</summary>
    public static bool Kind(IncidentFilter filter, IncidentRow row) =>
        AnyOf(filter.Clusters, row.Cluster)
        && AnyOf(filter.Namespaces, row.Namespace)
        && AnyOf(filter.Services, row.Service)
        && AnyOf(filter.Rules, row.RuleUid)
        && (filter.IsTest is not { } test || test == row.IsTest)
        && (filter.Text is not { } text || Lower(row.Title ?? "").StartsWith(Lower(text), StringComparison.Ordinal));

    /// <summary>By what may be otherwise a moment later.</summary>
    public static bool State(IncidentFilter filter, IncidentRow row) =>
        filter.Statuses.Any(status => StatusFilter.Text(status) == row.Status)
        && AnyOf(filter.Severities, row.Severity)
        && (filter.Since is not { } since || row.LastSeenAt >= since.UtcDateTime)
        && (filter.Until is not { } until || row.LastSeenAt < until.UtcDateTime);

    /// <summary>The database pads what it compares: blanks at an end do not count.</summary>
    private static bool AnyOf(IReadOnlyList<string> wanted, string? value) =>
        wanted.Count == 0 || wanted.Any(one => one.AsSpan().TrimEnd(' ').SequenceEqual(value.AsSpan().TrimEnd(' ')));

    private static string Lower(string text) => text.ToLowerInvariant();
}
