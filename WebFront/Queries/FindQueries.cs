using System.Text;
using Dapper;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Queries;

/// <summary>Reads what may be what somebody looks for.</summary>
internal sealed class FindQueries(ReadDatabase database)
{
    /// <summary>Along idx_alertname (alertname, alert_id), backwards.</summary>
    public const string AlertsNamed =
        $"SELECT {AlertRow.Columns} FROM grafana_alerts FORCE INDEX (idx_alertname) WHERE alertname = @name ORDER BY alert_id DESC LIMIT @limit";

    /// <summary>Along idx_rule_status_last_seen (rule_uid, status, last_seen_at), backwards, once for each status.</summary>
    public const string IncidentsOfRule =
        """
        SELECT incident_id FROM (
          (SELECT incident_id, last_seen_at FROM incidents FORCE INDEX (idx_rule_status_last_seen)
            WHERE rule_uid = @rule AND status = 'active' ORDER BY last_seen_at DESC LIMIT @limit)
          UNION ALL
          (SELECT incident_id, last_seen_at FROM incidents FORCE INDEX (idx_rule_status_last_seen)
            WHERE rule_uid = @rule AND status = 'acknowledged' ORDER BY last_seen_at DESC LIMIT @limit)
          UNION ALL
          (SELECT incident_id, last_seen_at FROM incidents FORCE INDEX (idx_rule_status_last_seen)
            WHERE rule_uid = @rule AND status = 'resolved' ORDER BY last_seen_at DESC LIMIT @limit)) found
         ORDER BY last_seen_at DESC LIMIT @limit
        """;

    /// <summary>The newest along the primary key, and no more than those are looked into.</summary>
    private const int LookedInto = 200;

    public async Task<IReadOnlyList<AlertRow>> Named(string name, int limit, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return [.. await connection.QueryAsync<AlertRow>(new(AlertsNamed, new { name, limit }, cancellationToken: cancel))];
    }

    public async Task<IReadOnlyList<IncidentId>> OfRule(string rule, int limit, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var ids = await connection.QueryAsync<string>(new(IncidentsOfRule, new { rule, limit }, cancellationToken: cancel));
        return [.. ids.Select(static text => IncidentId.TryParse(text, out var id) ? id : default)];
    }

    /// <summary>Of the newest 200 that were rejected, those whose body has one of these texts.</summary>
    public async Task<IReadOnlyList<RejectedRow>> Rejected(IReadOnlyList<string> texts, int limit, CancellationToken cancel)
    {
        var parameters = new DynamicParameters(new { limit, most = LookedInto });
        foreach (var (number, text) in texts.Index())
        {
            parameters.Add($"text{number}", Encoding.UTF8.GetBytes(text));
        }

        var anyOf = string.Join(" OR ", texts.Select(static (_, number) => $"LOCATE(@text{number}, body) > 0"));
        await using var connection = await database.Open(cancel);
        return [.. await connection.QueryAsync<RejectedRow>(new(
            $"""
            SELECT {RejectedQueries.Columns} FROM rejected_deliveries
              JOIN (SELECT rejected_id AS newest FROM rejected_deliveries ORDER BY rejected_id DESC LIMIT @most) n ON rejected_id = newest
             WHERE {anyOf} ORDER BY rejected_id DESC LIMIT @limit
            """,
            parameters,
            cancellationToken: cancel))];
    }
}
