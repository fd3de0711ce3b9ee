using System.Globalization;
using MySqlConnector;
using Spectre.Console;
using static Incidents.Benchmarks.Pages.SeedRows;

namespace Incidents.Benchmarks.Pages;

/// <summary>Writes a plan's incidents with all that belongs to them. The triggers count the alerts as ever.</summary>
internal sealed class SeededDatabase(MySqlConnection connection, int incidents, int alerts)
{
    private const int IncidentsATransaction = 5_000;

    private readonly SeededPlan _plan = new(incidents, DateTime.SpecifyKind(TimeProvider.System.GetUtcNow().UtcDateTime, DateTimeKind.Utc));

    private readonly SeedRows _incidents = new(connection,
        """
        incidents (incident_id, incident_key, status, severity, peak_severity, phase, cluster, namespace, service, rule_uid, title, summary,
          start_time, first_seen_at, last_seen_at, firing_count, acknowledged_time, acknowledged_by, resolved_time, resolution, is_test, revision,
          event_seq, created_at, updated_at)
        """);

    private readonly SeedRows _instances = new(connection,
        "incident_instances (incident_id, fingerprint, state, severity, starts_at, last_seen_at)");

    private readonly SeedRows _events = new(connection, "incident_events (incident_id, seq, at, kind, reason, revision, alerts_received)");

    private readonly SeedRows _alerts = new(connection,
        """
        grafana_alerts (incident_id, incident_key, delivery_id, position, received_at, state, reason, severity, rule_uid, alertname, fingerprint,
          starts_at, message, labels, annotations, raw_payload)
        """);

    public async Task Fill(ProgressTask incidentsDone, ProgressTask alertsDone, CancellationToken cancel)
    {
        foreach (var some in _plan.Incidents().Chunk(IncidentsATransaction))
        {
            await Execute("START TRANSACTION", cancel);
            foreach (var incident in some)
            {
                await Add(incident, cancel);
            }

            await Send(cancel, _incidents, _instances, _events);
            incidentsDone.Increment(some.Length);
            foreach (var incident in some)
            {
                var count = AlertsUpTo(incident.Number + 1) - AlertsUpTo(incident.Number);
                for (var position = 0; position < count; position++)
                {
                    await _alerts.Add(Alert(incident, position), cancel);
                }

                alertsDone.Increment(count);
            }

            await Send(cancel, _alerts);
            await Execute("COMMIT", cancel);
        }

        await AddKeysAndCounts(cancel);
    }

    private async Task Add(SeededIncident incident, CancellationToken cancel)
    {
        var (rule, service, ns, cluster) = incident.Key;
        var (begun, seen, isOpen) = (Time(incident.Begun), Time(incident.Seen), incident.Status != "resolved");
        var acknowledged = incident.Status == "acknowledged" ? $"{seen},'local'" : "NULL,NULL";
        var resolved = isOpen ? "NULL,NULL" : $"{seen},'auto'";
        await _incidents.Add(
            $"('{incident.Id}','{incident.Key.Text}','{incident.Status}','{incident.Severity}','{incident.Severity}','','{SeededPlan.Cluster(cluster)}',"
            + $"'{SeededPlan.Namespace(ns)}','{SeededPlan.Service(service)}','{SeededPlan.Rule(rule)}','Alert{rule:0000} of {SeededPlan.Service(service)}',"
            + $"'Rule {rule} found {SeededPlan.Service(service)} wanting',{begun},{begun},{seen},{(isOpen ? 1 : 0)},{acknowledged},{resolved},"
            + $"{(incident.IsTest ? 1 : 0)},{(isOpen ? 1 : 2)},2,{begun},{seen})", cancel);
        await _instances.Add($"('{incident.Id}','{incident.Number:x16}','{(isOpen ? "firing" : "resolved")}','{incident.Severity}',{begun},{seen})", cancel);
        await _events.Add($"('{incident.Id}',1,{begun},'opened','new',1,0)", cancel);
        if (!isOpen)
        {
            await _events.Add($"('{incident.Id}',2,{seen},'resolved','auto',2,1)", cancel);
        }
    }

    /// <summary>Spread evenly, but every hundredth incident has half of its hundred's.</summary>
    private int AlertsUpTo(int number)
    {
        var (hundreds, rest) = Math.DivRem(number, 100);
        var ofAHundred = (double)alerts / incidents * 100;
        return (int)Math.Min(alerts, Math.Round((hundreds * ofAHundred) + (rest > 0 ? ofAHundred * (0.5 + (rest / 200.0)) : 0)));
    }

    private static string Alert(SeededIncident incident, int position)
    {
        var (rule, service, ns, cluster) = incident.Key;
        var labels = $$"""{"alertname":"Alert{{rule:0000}}","service":"{{SeededPlan.Service(service)}}","namespace":"{{SeededPlan.Namespace(ns)}}","cluster":"{{SeededPlan.Cluster(cluster)}}","severity":"{{incident.Severity}}"}""";
        var at = Time(incident.Begun.AddSeconds(position));
        var isLast = incident.Status == "resolved" && position > 0;
        return $"('{incident.Id}','{incident.Key.Text}',UNHEX('{incident.Number:x24}{position:x8}'),0,{at},'{(isLast ? "resolved" : "firing")}',"
            + $"'{(position == 0 ? "new" : isLast ? "ended" : "still_firing")}','{incident.Severity}','{SeededPlan.Rule(rule)}','Alert{rule:0000}',"
            + $"'{incident.Key.Text}',{at},'Rule {rule} found it wanting','{labels}','{{}}','{{\"status\":\"firing\",\"labels\":{labels},\"fingerprint\":\"{incident.Key.Text}\"}}')";
    }

    private async Task AddKeysAndCounts(CancellationToken cancel)
    {
        var keys = new SeedRows(connection, "incident_keys (incident_key, version, last_incident_id)");
        foreach (var (key, (count, last)) in _plan.Keys)
        {
            await keys.Add(string.Create(CultureInfo.InvariantCulture, $"('{key}',{count},'{last}')"), cancel);
        }

        var counts = new SeedRows(connection, "incident_count_changes (status, severity, is_test, change_by)");
        foreach (var ((status, severity, isTest), count) in _plan.Counts)
        {
            await counts.Add($"('{status}','{severity}',{(isTest ? 1 : 0)},{count})", cancel);
        }

        await Send(cancel, keys, counts);
    }

    private async Task Execute(string sql, CancellationToken cancel)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task Send(CancellationToken cancel, params SeedRows[] tables)
    {
        foreach (var rows in tables)
        {
            await rows.Send(cancel);
        }
    }
}
