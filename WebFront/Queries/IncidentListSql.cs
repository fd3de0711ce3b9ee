using Dapper;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Queries;

/// <summary>
/// The statement of one list of incidents: a branch for each status, and for each rule or service asked for, so that
/// each branch is one walk along one index that ends at the limit (but for <c>sort=opened</c> of a service, rule or title,
/// whose matches are sorted: <c>since</c> bounds them). With <c>IN</c> over the leading columns all that
/// matches would be read and sorted.
/// </summary>
internal sealed class IncidentListSql
{
    private readonly IncidentFilter _filter;
    private readonly DynamicParameters _parameters = new();
    private readonly List<string> _branches = [];
    private readonly string _rest;

    private IncidentListSql(IncidentFilter filter, IncidentPosition? after, int limit)
    {
        _filter = filter;
        _rest = Rest(after);
        _parameters.Add("limit", limit);
        var (column, values) = filter switch
        {
            { Rules.Count: > 0 } => ("rule_uid", filter.Rules),
            { Services.Count: > 0 } => ("service", filter.Services),
            _ => (null, [""]),
        };
        foreach (var status in filter.Statuses)
        {
            foreach (var value in values)
            {
                AddBranch(status, column, value);
            }
        }
    }

    public static (string Sql, DynamicParameters Parameters) Of(IncidentFilter filter, IncidentPosition? after, int limit)
    {
        var list = new IncidentListSql(filter, after, limit);
        var order = filter.Sort == IncidentSort.LastSeen ? "LastSeenAt DESC, IncidentId DESC" : "IncidentId DESC";
        return ($"{string.Join(" UNION ALL ", list._branches)} ORDER BY {order} LIMIT @limit", list._parameters);
    }

    private void AddBranch(IncidentStatus status, string? column, string value)
    {
        var number = _branches.Count;
        _parameters.Add($"status{number}", StatusFilter.Text(status));
        var chosen = "";
        if (column is not null)
        {
            _parameters.Add($"value{number}", value);
            chosen = $" AND {column} = @value{number}";
        }

        var order = _filter.Sort == IncidentSort.LastSeen ? "last_seen_at DESC, incident_id DESC" : "incident_id DESC";
        _branches.Add(
            $"(SELECT {IncidentRow.Columns} FROM incidents {Index(status, column)} "
            + $"WHERE status = @status{number}{chosen}{_rest} ORDER BY {order} LIMIT @limit)");
    }

    /// <summary>Named, so that no statistics of the day let a list walk a long history for a few rows.</summary>
    private string Index(IncidentStatus status, string? column) => (column, _filter.Sort) switch
    {
        ("rule_uid", _) => "FORCE INDEX (idx_rule_status_last_seen)",
        ("service", _) => "FORCE INDEX (idx_service_status_last_seen)",

        // Which is shorter, all titles that begin so or a walk until enough of them are met, only the server can tell.
        _ when _filter.Text is not null => _filter.Sort == IncidentSort.LastSeen
            ? "FORCE INDEX (idx_title_status, idx_status_last_seen)"
            : "FORCE INDEX (idx_title_status, PRIMARY)",

        // Nearly all incidents are resolved, so the newest of them are met soon; the open ones are few to sort.
        (_, IncidentSort.Opened) when status == IncidentStatus.Resolved => "FORCE INDEX (PRIMARY)",
        _ => "FORCE INDEX (idx_status_last_seen)",
    };

    private string Rest(IncidentPosition? after)
    {
        var sql = AnyOf("severity", _filter.Severities) + AnyOf("cluster", _filter.Clusters)
            + AnyOf("namespace", _filter.Namespaces)
            + (_filter.Rules.Count > 0 ? AnyOf("service", _filter.Services) : "")
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
