using System.Text.Json;
using Incidents.Grains.Domain;
using MySqlConnector;

namespace Incidents.TestKit;

/// <summary>
/// Reads a whole database once, incident by incident, in one snapshot, and says what is wrong with it: by itself, and
/// beside what senders were told. No more than some incidents are in memory at a time, and of each alert one row.
/// </summary>
public sealed class StoredAudit
{
    /// <summary>due_at depends on configuration, updated_at on how alerts came together.</summary>
    private static readonly string[] NotReplayed = ["due_at", "updated_at"];

    private readonly StoredIncidents _stored;
    private readonly SentAlerts? _sent;

    private StoredAudit(StoredIncidents stored, SentAlerts? sent) => (_stored, _sent) = (stored, sent);

    public AuditFindings Findings { get; } = new();

    /// <summary>Rows of <c>grafana_alerts</c>.</summary>
    public long Alerts { get; private set; }

    public long Incidents { get; private set; }

    /// <summary>Rows without a mark of the storms that are audited.</summary>
    public long Strangers { get; private set; }

    /// <param name="sent">Null: nobody says what was sent.</param>
    public static async Task<StoredAudit> Of(MySqlConnection connection, SentAlerts? sent, CancellationToken cancel)
    {
        var audit = new StoredAudit(new(connection), sent);
        await audit._stored.BeginSnapshot(cancel);
        await audit.Read(cancel);
        await StoredRules.Check(connection, audit.Findings, cancel);
        await audit._stored.EndSnapshot(cancel);
        sent?.Finish(audit.Findings);
        return audit;
    }

    private async Task Read(CancellationToken cancel)
    {
        await foreach (var incident in _stored.Read(cancel))
        {
            Incidents++;
            await Incident(incident, cancel);
        }

        var rows = await _stored.CountAlerts(cancel);
        if (rows != Alerts)
        {
            Findings.Add("counts of alerts that are in no incident", $"{rows} rows, {Alerts} of them in an incident");
        }
    }

    private async Task Incident(StoredIncident incident, CancellationToken cancel)
    {
        var replay = Begin(incident);
        var rows = 0L;
        await foreach (var (row, raw) in incident.Alerts.WithCancellation(cancel))
        {
            rows++;
            Strike(incident.Id, row, raw);
            replay = replay is null ? null : Observe(replay, incident.Id, row);
        }

        Alerts += rows;
        if (incident.Row.Number("alert_count") != rows || incident.Row.Number("alerts_received") != rows)
        {
            Findings.Add(
                "incidents whose alert_count is not their rows",
                $"{incident.Id} (counted {incident.Row.Number("alert_count")}, received {incident.Row.Number("alerts_received")}, {rows} rows)");
        }

        if (replay is not null)
        {
            Compare(replay, incident);
        }
    }

    private void Strike(string incident, StoredRow row, byte[] raw)
    {
        var isOurs = false;
        _sent?.Found(StoredPayload.Of(row.Number("alert_id"), incident, (int)row.Number("position"), raw), Findings, out isOurs);
        Strangers += isOurs ? 0 : 1;
    }

    private Replay? Begin(StoredIncident incident)
    {
        var seq = incident.Events.ConvertAll(static row => row.Number("seq"));
        if (!seq.SequenceEqual(Enumerable.Range(1, (int)incident.Row.Number("event_seq")).Select(static n => (long)n)))
        {
            Findings.Add(
                "incidents whose timeline has gaps", $"{incident.Id} ({seq.Count} entries of {incident.Row.Number("event_seq")})");
            return null;
        }

        return Guarded(incident.Id, () => new Replay(incident.Row, incident.Events));
    }

    private Replay? Observe(Replay replay, string incident, StoredRow row) => Guarded(incident, () =>
    {
        replay.Observe(row);
        return replay;
    });

    private void Compare(Replay replay, StoredIncident incident) => Guarded(incident.Id, () =>
    {
        var replayed = replay.End();
        var row = BoundRows.Of(replayed, new EpisodeOptions());
        var stored = new StoredRow(row.Columns, row.Columns.Select(column => incident.Row[column]));
        List<string> differences =
        [
            .. Difference.Between(stored, row, NotReplayed),
            .. Difference.Between(Difference.InstancesOf(incident.Instances), replayed.Instances),
        ];
        if (differences.Count > 0)
        {
            Findings.Add("incidents that are not what their alerts and events give", $"{incident.Id} ({string.Join(", ", differences.Take(4))})");
        }

        return replay;
    });

    private T? Guarded<T>(string incident, Func<T> work)
        where T : class
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or InvalidCastException
            or NullReferenceException or JsonException)
        {
            Findings.Add("incidents whose rows cannot be replayed", $"{incident} ({e.Message})");
            return null;
        }
    }
}
