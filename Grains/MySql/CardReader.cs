using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack;
using Incidents.Grains.Slack.Card;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary>Reads what a card shows, as it is now.</summary>
internal sealed class CardReader(MySqlDataSource database)
{
    // The last alert that fired, if it is not far back, else the one that opened the incident. By PRIMARY, idx_incident.
    private const string Sql =
        """
        SELECT i.revision, i.status, i.severity, i.peak_severity, i.is_test, i.title, i.summary,
               i.rule_uid, i.cluster, i.namespace, i.service, i.phase, i.start_time, i.alert_count, i.incomplete_groups <> '',
               i.acknowledged_time, i.acknowledged_by, i.resolved_time, i.resolved_by, i.resolution,
               i.action_taken, i.root_cause, i.is_noise,
               (SELECT COUNT(*) FROM incident_instances n WHERE n.incident_id = i.incident_id),
               i.firing_count,
               (SELECT MAX(e.revision) FROM incident_events e WHERE e.incident_id = i.incident_id AND e.kind = 'resolved'),
               COALESCE(
                 (SELECT a.raw_payload FROM grafana_alerts a JOIN
                   (SELECT MAX(f.alert_id) AS alert_id FROM
                     (SELECT alert_id, state FROM grafana_alerts WHERE incident_id = ? ORDER BY alert_id DESC LIMIT 200) f
                    WHERE f.state = 'firing') last ON a.alert_id = last.alert_id),
                 (SELECT a.raw_payload FROM grafana_alerts a WHERE a.incident_id = ? ORDER BY a.alert_id LIMIT 1), '')
        FROM incidents i WHERE i.incident_id = ?
        """;

    /// <summary>Null when there is no such incident.</summary>
    public async Task<CardFacts?> Read(IncidentId incident, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var command = new MySqlCommand(Sql, connection);
        for (var i = 0; i < 3; i++)
        {
            command.Parameters.Add(new MySqlParameter { Value = incident.Value });
        }

        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? Facts(incident, new(reader)) : null;
    }

    private static CardFacts Facts(IncidentId incident, ColumnReader row)
    {
        // In the order of the columns.
        var facts = new CardFacts
        {
            Id = incident,
            Revision = (int)row.Number(),
            Status = SnakeCase.Read<IncidentStatus>(row.Text()),
            Severity = row.Text(),
            PeakSeverity = row.Text(),
            IsTest = row.Bool(),
            Title = row.Text(),
            Summary = row.Text(),
            Parts = new(row.Text(), row.Text(), row.Text(), row.Text(), row.Text()),
            StartTime = row.Time(),
            Alerts = row.Number(),
            IsIncomplete = row.Bool(),
            Acknowledged = row.TimeOrNull() is { } acknowledged ? (acknowledged, row.TextOrNull() ?? "") : Skip(row),
        };
        var (resolvedAt, resolvedBy, resolution) = (row.TimeOrNull(), row.TextOrNull(), row.TextOrNull());
        facts = facts with
        {
            Resolved = resolvedAt is { } at && resolution is not null ? (at, resolvedBy, SnakeCase.Read<Resolution>(resolution)) : null,
            ActionTaken = row.TextOrNull(),
            RootCause = row.TextOrNull(),
            IsNoise = row.BoolOrNull(),
            Instances = (int)row.Number(),
            Firing = (int)row.Number(),
            ResolvedRevision = row.NumberOrNull() is { } revision ? (int)revision : null,
        };
        var alert = CardAlert.Read(row.Text());
        return facts with { Links = alert.Links, Values = alert.Values, DatasourceError = alert.DatasourceError };
    }

    private static (DateTimeOffset At, string By)? Skip(ColumnReader row)
    {
        row.TextOrNull();
        return null;
    }
}
