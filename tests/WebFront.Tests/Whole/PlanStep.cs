using Dapper;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>How the server reads one table of a statement.</summary>
internal sealed record PlanStep(string Table, string Type, string Key, string Extra)
{
    /// <summary>An index is walked whole only in the order of the list, until the page is full.</summary>
    public bool WalksAnIndex => Key.Length > 0 && (Type is "ref" or "range" or "const" or "eq_ref" || (Type == "index" && !Sorts));

    public bool Sorts => Extra.Contains("filesort", StringComparison.Ordinal);

    /// <summary>The steps on tables; the others are the few rows that the branches of a UNION found.</summary>
    public static async Task<List<PlanStep>> Explain(TestDatabase database, string sql, object? parameters = null)
    {
        await using var connection = await database.Open();
        var steps = (await connection.QueryAsync("EXPLAIN FORMAT=TRADITIONAL " + sql, parameters)).Cast<IDictionary<string, object?>>()
            .Select(static row => new PlanStep($"{row["table"]}", $"{row["type"]}", $"{row["key"]}", $"{row["Extra"]}"))
            .Where(static step => step.Table.Length > 0 && !step.Table.StartsWith('<')).ToList();
        Assert.NotEmpty(steps);
        return steps;
    }
}
