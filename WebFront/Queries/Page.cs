namespace Incidents.WebFront.Queries;

/// <param name="Next">The cursor for what follows; null when nothing does.</param>
internal sealed record Page<T>(IReadOnlyList<T> Rows, string? Next);

internal static class Page
{
    /// <param name="rows">One more than <paramref name="limit"/> when there are more.</param>
    public static Page<T> Of<T>(IEnumerable<T> rows, int limit, Func<T, string> cursor)
    {
        var found = rows.ToList();
        return found.Count <= limit ? new(found, null) : new(found[..limit], cursor(found[limit - 1]));
    }
}
