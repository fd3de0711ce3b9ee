using Dapper;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Queries;

/// <summary>
/// The statement of one list of incidents: a branch for each status, and for each value of one column asked for, so that
/// each branch is one walk along one index that ends at the limit (but for <c>sort=opened</c> of a column or title,
/// whose matches are sorted: <c>since</c> bounds them). With <c>IN</c> over the leading columns all that
/// matches would be read and sorted.
/// </summary>
internal sealed class IncidentListSql
{
    /// <summary>The columns with an index of their own, the ones with the fewest incidents a value first.</summary>
    private static readonly (string Column, string Index, Func<IncidentFilter, IReadOnlyList<string>> Values)[] Ways =
    [
        ("rule_uid", "idx_rule_status_last_seen", static filter => filter.Rules),
        ("service", "idx_service_status_last_seen", static filter => filter.Services),
        ("namespace", "idx_namespace_status_last_seen", static filter => filter.Namespaces),
        ("cluster", "idx_cluster_status_last_seen", static filter => filter.Clusters),
        ("severity", "idx_severity_status_last_seen", static filter => filter.Severities),
    ];

    private readonly IncidentFilter _filter;
    private readonly DynamicParameters _parameters = new();
    private readonly List<string> _branches = [];
    private readonly string? _column;
    private readonly string _rest;

    private IncidentListSql(IncidentFilter filter, IncidentPosition? after, int limit)
    {
        _filter = filter;
        _column = Ways.FirstOrDefault(way => way.Values(filter).Count > 0).Column;
        _rest = Rest(after);
        _parameters.Add("limit", limit);
        var values = Ways.FirstOrDefault(way => way.Column == _column).Values?.Invoke(filter) ?? [""];
        foreach (var status in filter.Statuses)
        {
            foreach (var value in values)
            {
                AddBranch(status, value);
            }
        }
    }

    public static (string Sql, DynamicParameters Parameters) Of(IncidentFilter filter, IncidentPosition? after, int limit)
    {
        var list = new IncidentListSql(filter, after, limit);
        var order = filter.Sort == IncidentSort.LastSeen ? "LastSeenAt DESC, IncidentId DESC" : "IncidentId DESC";
        return ($"{string.Join(" UNION ALL ", list._branches)} ORDER BY {order} LIMIT @limit", list._parameters);
    }

    private void AddBranch(IncidentStatus status, string value)
    {
        var number = _branches.Count;
        _parameters.Add($"status{number}", StatusFilter.Text(status));
        var chosen = "";
        if (_column is not null)
        {
            _parameters.Add($"value{number}", value);
            chosen = $" AND {_column} = @value{number}";
        }

        var order = _filter.Sort == IncidentSort.LastSeen ? "last_seen_at DESC, incident_id DESC" : "incident_id DESC";
        _branches.Add(
            $"(SELECT {IncidentRow.Columns} FROM incidents FORCE INDEX ({string.Join(", ", Indexes(status))}) "
            + $"WHERE status = @status{number}{chosen}{_rest} ORDER BY {order} LIMIT @limit)");
    }

    /// <summary>Named, so that no statistics of the day let a list walk a long history for a few rows. Where several would
    /// do, which is the shortest only the server can tell.</summary>
    private IEnumerable<string> Indexes(IncidentStatus status)
    {
        foreach (var way in Ways.Where(way => way.Column == _column || way.Values(_filter).Count == 1))
        {
            yield return way.Index;
        }

        // Tests are few; what is no test is nearly all.
        var areTests = _filter.IsTest == true;
        if (areTests)
        {
            yield return "idx_test_status_last_seen";
        }

        if (_column is "rule_uid" or "service")
        {
            yield break;
        }

        // All titles that begin so, or a walk until enough of them are met.
        if (_filter.Text is not null)
        {
            yield return "idx_title_status";
        }

        // Nearly all incidents are resolved, so the newest of them are met soon; the open ones are few to sort.
        if (_filter.Sort == IncidentSort.Opened && (status == IncidentStatus.Resolved || _filter.Text is not null))
        {
            yield return "PRIMARY";
        }
        else if (_column is null && !areTests)
        {
            yield return "idx_status_last_seen";
        }
    }

    private string Rest(IncidentPosition? after)
    {
        var sql = string.Concat(Ways.Where(way => way.Column != _column).Select(way => AnyOf(way.Column, way.Values(_filter))))
            + And("title_lower LIKE CONCAT(LOWER(@text), '%')", "text", _filter.Text is { } text ? Literally(text) : null)
            + And("last_seen_at >= @since", "since", _filter.Since?.UtcDateTime)
            + And("last_seen_at < @until", "until", _filter.Until?.UtcDateTime)
            + And("is_test = @test", "test", _filter.IsTest);
        if (after is not var (at, id))
        {
            return sql;
        }

        _parameters.Add("id", id);
        // Not as a comparison of pairs, which neither server takes for a range.
        return sql + (_filter.Sort == IncidentSort.LastSeen
            ? And("last_seen_at <= @at AND (last_seen_at < @at OR incident_id < @id)", "at", at)
            : " AND incident_id < @id");
    }

    private string AnyOf(string column, IReadOnlyList<string> values) =>
        And($"{column} IN @{column}", column, values.Count > 0 ? values : null);

    private string And(string condition, string parameter, object? value)
    {
        if (value is null)
        {
            return "";
        }

        _parameters.Add(parameter, value);
        return " AND " + condition;
    }

    private static string Literally(string prefix) => prefix
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
