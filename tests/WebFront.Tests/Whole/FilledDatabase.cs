using System.Text;
using Dapper;
using Incidents.TestKit;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>A database with some thousand incidents and what belongs to them, and what it says of statements.</summary>
public sealed class FilledDatabase : IAsyncLifetime
{
    public const string RareCluster = "rare";

    private const int Incidents = 3000;
    private TestDatabase _database = null!;

    public static string Id(int number) => $"INC-20261120000000-{number:x16}";

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create();
        var (keys, incidents, instances, alerts, events, rejected, cards, audit) =
            (Rows(), Rows(), Rows(), Rows(), Rows(), Rows(), Rows(), Rows());
        for (var i = 0; i < Incidents; i++)
        {
            var (status, ended) = (i % 10) switch { 0 => ("active", "NULL"), 1 => ("acknowledged", "NULL"), _ => ("resolved", "'2026-11-21'") };
            var seen = $"'2026-11-20' + INTERVAL {i} SECOND";
            // Services and rules are spread over all statuses.
            var (service, rule) = (i / 10 % 4, i / 10 % 5);
            keys.Add($"('{i:x16}','{Id(i)}')");
            incidents.Add(
                $"('{Id(i)}','{i:x16}','{status}','error','error','','{(i == 17 ? RareCluster : $"c{i % 3}")}','n{i % 2}','s{service}','r{rule}','Title {i}','','2026-11-20','2026-11-20',{seen},1,{ended},0,1,1,'2026-11-20','2026-11-20')");
            instances.Add($"('{Id(i)}','a','firing','error','2026-11-20','2026-11-20')");
            cards.Add($"('{Id(i)}','#incidents','sent',1,1,0,'2026-11-20')");
            audit.Add($"('2026-11-20','{(i % 2 == 0 ? "ann" : "bob")}','local','{(i % 3 == 0 ? "resolve" : "acknowledge")}','INC-{i % 100}','done')");
            events.Add($"('{Id(i)}',1,'2026-11-20','opened','new',1,0)");
            if (i < 1000)
            {
                alerts.Add($"('{Id(i % 30)}','{i % 30:x16}',UNHEX('{i:x32}'),0,'2026-11-20','firing','new','error','','','{"abcd"[i % 4]}','2026-11-20','','{{}}','{{}}','{{}}')");
                rejected.Add($"('2026-11-20',UNHEX('{i:x32}'),'grafana','not_json','x',1)");
            }
        }

        await Insert("incident_keys (incident_key, last_incident_id)", keys);
        await Insert(
            "incidents (incident_id, incident_key, status, severity, peak_severity, phase, cluster, namespace, service, rule_uid, "
            + "title, summary, start_time, first_seen_at, last_seen_at, firing_count, resolved_time, is_test, revision, event_seq, "
            + "created_at, updated_at)", incidents);
        await Insert("incident_instances (incident_id, fingerprint, state, severity, starts_at, last_seen_at)", instances);
        await Insert("incident_events (incident_id, seq, at, kind, reason, revision, alerts_received)", events);
        await Insert(
            "grafana_alerts (incident_id, incident_key, delivery_id, position, received_at, state, reason, severity, rule_uid, "
            + "alertname, fingerprint, starts_at, message, labels, annotations, raw_payload)", alerts);
        await Insert("rejected_deliveries (received_at, delivery_id, source, reason, body, body_length)", rejected);
        await Insert("notifications (incident_id, channel, state, desired_revision, raised_revision, attempts, next_attempt_at)", cards);
        await Insert("audit (at, actor, via, action, target, outcome)", audit);
        await _database.Rows(
            "ANALYZE TABLE audit, incident_keys, incidents, incident_instances, incident_events, grafana_alerts, rejected_deliveries, notifications");

        static List<string> Rows() => [];
        Task Insert(string into, List<string> rows) =>
            _database.Execute(new StringBuilder("INSERT INTO ").Append(into).Append(" VALUES ").AppendJoin(',', rows).ToString());
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>The steps on tables; the others are the few rows that the branches of a UNION found.</summary>
    internal Task<List<PlanStep>> Explain(string sql, DynamicParameters parameters) => PlanStep.Explain(_database, sql, parameters);

    /// <summary>How many rows the statement gives, and how many the server read for it.</summary>
    internal async Task<(int Found, long Read)> RowsRead(string sql, DynamicParameters parameters)
    {
        await using var connection = await _database.Open();
        var before = await Reads();
        var found = (await connection.QueryAsync(sql, parameters)).Count();
        return (found, await Reads() - before);

        async Task<long> Reads() => (await connection.QueryAsync<(string Name, string Value)>(
                "SHOW SESSION STATUS WHERE Variable_name IN ('Handler_read_key', 'Handler_read_next', 'Handler_read_prev', "
                + "'Handler_read_first', 'Handler_read_last')"))
            .Sum(static status => long.Parse(status.Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>What went to the server.</summary>
    internal async Task<IReadOnlyList<string>> StatementsOf(Func<ReadDatabase, Task> work)
    {
        var statements = new SentStatements();
        await using (var database = new ReadDatabase(_database.ConnectionString, statements))
        {
            await work(database);
        }

        return [.. statements.Texts.Where(static text => text.StartsWith("SELECT", StringComparison.Ordinal))];
    }
}
