using System.Text.Json;
using Incidents.TestKit;
using Incidents.TestKit.Load;

namespace Incidents.EndToEnd.Tests.Load;

/// <summary>The audit passes what a storm left, and names whatever is spoiled in it.</summary>
public sealed class AuditTests(StormedDatabase stormed) : IClassFixture<StormedDatabase>
{
    private const string OneIncident = "(SELECT MIN(incident_id) AS id FROM incidents WHERE event_seq > 1)";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What is spoiled, and what the audit calls it.</summary>
    public static TheoryData<string, string> Spoiled { get; } = new()
    {
        { "DELETE FROM grafana_alerts ORDER BY alert_id LIMIT 1", "accepted alerts that are not stored" },
        { Doubled("UNHEX(MD5('another'))", "position"), "alerts that are stored more often than sent" },
        { Doubled("delivery_id", "position + 500"), "alerts that are stored more often than sent" },
        {
            "UPDATE grafana_alerts SET raw_payload = REPLACE(raw_payload, '\"C\":1e0', '\"C\":1') ORDER BY alert_id LIMIT 1",
            "stored alerts whose raw_payload is not as sent"
        },
        {
            "UPDATE grafana_alerts SET raw_payload = REPLACE(raw_payload, 'small-', 'small-9999') ORDER BY alert_id LIMIT 1",
            "stored alerts that were never sent"
        },
        { "UPDATE grafana_alerts SET position = position + 500 ORDER BY alert_id LIMIT 1", "stored alerts whose position is not as sent" },
        {
            $"UPDATE grafana_alerts a JOIN (SELECT MAX(incident_id) AS id FROM incidents) i ON a.incident_id <> i.id "
            + "JOIN (SELECT MIN(alert_id) AS id FROM grafana_alerts) f ON a.alert_id = f.id SET a.incident_id = i.id",
            "alerts that are in another incident than was answered"
        },
        { "UPDATE incidents SET alert_count = alert_count + 1 LIMIT 1", "incidents whose alert_count is not their rows" },
        { "UPDATE incidents SET alerts_received = alerts_received - 1 LIMIT 1", "incidents whose alert_count is not their rows" },
        { "DELETE FROM incident_events WHERE seq = 1 ORDER BY incident_id LIMIT 1", "incidents whose timeline has gaps" },
        { $"UPDATE incidents i JOIN {OneIncident} o ON i.incident_id = o.id SET event_seq = event_seq + 1", "incidents whose timeline has gaps" },
        { "UPDATE incident_events SET detail = '{}' WHERE kind = 'severity_changed'", "incidents that are not what their alerts and events give" },
        { "UPDATE incident_events SET reason = 'nonsense' WHERE seq = 1 ORDER BY incident_id LIMIT 1", "incidents whose rows cannot be replayed" },
        { "UPDATE incidents SET peak_severity = 'unheard of' LIMIT 1", "incidents that are not what their alerts and events give" },
        { "UPDATE incidents SET resolved_by = 'nobody' LIMIT 1", "incidents that are not what their alerts and events give" },
        { "UPDATE grafana_alerts SET fingerprint = 'another' ORDER BY alert_id LIMIT 1", "incidents that are not what their alerts and events give" },
        { "DELETE FROM incident_instances LIMIT 1", "incidents that are not what their alerts and events give" },
        { "UPDATE incident_instances SET state = 3 - state LIMIT 1", "incidents whose firing_count is not their firing instances" },
        { "ALTER TABLE incidents DROP KEY uq_open_key; UPDATE incidents SET resolved_time = NULL", "keys with two open incidents" },
        { "UPDATE incident_keys SET last_incident_id = NULL LIMIT 1", "keys that do not point at their latest incident" },
        { "UPDATE grafana_alerts SET incident_key = 'ffffffffffffffff' LIMIT 1", "alerts that are stored under another key than their incident" },
        { "UPDATE incident_count_changes SET change_by = change_by + 1 LIMIT 1", "kinds of incidents that are counted wrong" },
        { "DELETE FROM incidents LIMIT 1", "counts of alerts that are in no incident" },
    };

    [Fact]
    public async Task What_a_storm_left_passes()
    {
        await using var database = await stormed.Copy();

        var audit = await Audited(database, Sent());

        Assert.Equal("", audit.Findings.ToString());
        Assert.Equal(Sent().Accepted, audit.Alerts);
        Assert.Equal(0, audit.Strangers);
        Assert.True(audit.Alerts > 400 && audit.Incidents > 20, $"{audit.Alerts} alerts, {audit.Incidents} incidents");
        Assert.Contains(new LedgerFile(stormed.Ledger).Entries(), static entry => entry.Sender == "second");
    }

    [Theory]
    [MemberData(nameof(Spoiled))]
    public async Task What_is_spoiled_is_named(string sql, string what)
    {
        await using var database = await stormed.Copy();

        var changed = await database.Execute(sql);
        var audit = await Audited(database, Sent());

        Assert.True(changed > 0, "Nothing was spoiled.");
        Assert.Contains(audit.Findings.All, finding => finding.What == what);
    }

    [Fact]
    public async Task Alerts_of_others_are_counted_apart()
    {
        await using var database = await stormed.Copy();
        await database.Execute("UPDATE grafana_alerts SET raw_payload = REPLACE(raw_payload, '\"mark\":\"', '\"mark\":\"x') ORDER BY alert_id LIMIT 3");

        Assert.Equal(3, (await Audited(database, Sent())).Strangers);
    }

    [Theory]
    [InlineData(null, false, true)]
    [InlineData(503, false, true)]
    [InlineData(400, false, false)]
    [InlineData(202, true, true)]
    public async Task An_answer_decides_whether_a_stored_alert_may_be_there(int? status, bool isPending, bool passes)
    {
        await using var database = await stormed.Copy();
        using var answered = Answered(status, isPending);

        Assert.Equal(passes, (await Audited(database, answered.Sent)).Findings.None);
    }

    [Theory]
    [InlineData(null, false, true)]
    [InlineData(503, false, true)]
    [InlineData(400, false, true)]
    [InlineData(202, true, false)]
    public async Task And_whether_a_missing_one_may_be_missing(int? status, bool isPending, bool passes)
    {
        await using var database = await stormed.Copy();
        await database.Execute("DELETE FROM grafana_alerts WHERE raw_payload LIKE '%\"mark\":\"small-0-%'");
        using var answered = Answered(status, isPending);

        var audit = await Audited(database, answered.Sent);

        Assert.Equal(passes, audit.Findings.All.All(static finding => finding.What != "accepted alerts that are not stored"));
    }

    [Fact]
    public async Task Alerts_that_are_pending_are_waited_for()
    {
        await using var database = await stormed.Copy();
        using var answered = Answered(202, isPending: true);
        await using var connection = await database.Open();
        await database.Execute("CREATE TABLE aside AS SELECT alert_id, raw_payload, annotations FROM grafana_alerts WHERE raw_payload LIKE '%\"mark\":\"small-0-%'");
        await database.Execute("UPDATE grafana_alerts a JOIN aside s ON s.alert_id = a.alert_id SET a.annotations = '{}'");

        Assert.Null(await Drain.Wait(connection, answered.Sent, TimeSpan.Zero, Cancel));
        var waiting = Drain.Wait(connection, answered.Sent, TimeSpan.FromSeconds(20), Cancel);
        await database.Execute("UPDATE grafana_alerts a JOIN aside s ON s.alert_id = a.alert_id SET a.annotations = s.annotations");

        Assert.NotNull(await waiting);
    }

    private static string Doubled(string delivery, string position) =>
        "INSERT INTO grafana_alerts (incident_id, incident_key, delivery_id, position, received_at, state, reason, severity, rule_uid, "
        + "alertname, fingerprint, starts_at, ends_at, message, labels, annotations, raw_payload, sender) "
        + $"SELECT incident_id, incident_key, {delivery}, {position}, received_at, state, reason, severity, rule_uid, "
        + "alertname, fingerprint, starts_at, ends_at, message, labels, annotations, raw_payload, sender FROM grafana_alerts LIMIT 1";

    private static async Task<StoredAudit> Audited(TestDatabase database, SentAlerts sent)
    {
        await using var connection = await database.Open();
        return await StoredAudit.Of(connection, sent, Cancel);
    }

    private SentAlerts Sent() => new(new LedgerFile(stormed.Ledger));

    /// <summary>The same ledger, had the first delivery been answered in another way.</summary>
    private AnotherLedger Answered(int? status, bool isPending)
    {
        var lines = File.ReadAllLines(stormed.Ledger);
        for (var i = 1; i < lines.Length; i++)
        {
            var entry = JsonSerializer.Deserialize<LedgerEntry>(lines[i], JsonSerializerOptions.Web)!;
            if (entry.Body == 0)
            {
                lines[i] = JsonSerializer.Serialize(
                    entry with { Status = status, Fates = [.. entry.Fates.Select(_ => isPending ? "pending" : null)] }, JsonSerializerOptions.Web);
            }
        }

        return new(lines);
    }

    private sealed class AnotherLedger : IDisposable
    {
        private readonly string _path = Path.GetTempFileName();

        public AnotherLedger(string[] lines)
        {
            File.WriteAllLines(_path, lines);
            Sent = new(new LedgerFile(_path));
        }

        public SentAlerts Sent { get; }

        public void Dispose() => File.Delete(_path);
    }
}
