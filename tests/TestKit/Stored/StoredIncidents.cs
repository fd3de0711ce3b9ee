using System.Runtime.CompilerServices;
using MySqlConnector;

namespace Incidents.TestKit;

/// <summary>Reads incidents in order of their ids, a portion at a time, each with its rows in the other tables.</summary>
internal sealed class StoredIncidents(MySqlConnection connection)
{
    private const int Portion = 500;

    private const string OfPortion = " WHERE incident_id BETWEEN ? AND ? ORDER BY incident_id, ";

    /// <summary>All that is read until its end is of this moment, also while the service writes.</summary>
    public async Task BeginSnapshot(CancellationToken cancel)
    {
        await Run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", cancel);
        await Run("START TRANSACTION WITH CONSISTENT SNAPSHOT", cancel);
    }

    public Task EndSnapshot(CancellationToken cancel) => Run("ROLLBACK", cancel);

    /// <summary>The incident's alerts must be read before the next incident.</summary>
    public async IAsyncEnumerable<StoredIncident> Read([EnumeratorCancellation] CancellationToken cancel)
    {
        var after = "";
        while (await Rows($"SELECT * FROM incidents WHERE incident_id > ? ORDER BY incident_id LIMIT {Portion}", [after], cancel)
            is [var first, ..] incidents)
        {
            string[] range = [first.Text("incident_id"), after = incidents[^1].Text("incident_id")];
            var events = await ByIncident($"SELECT * FROM incident_events{OfPortion}seq", range, cancel);
            var instances = await ByIncident($"SELECT * FROM incident_instances{OfPortion}fingerprint", range, cancel);
            await using var command = Command(
                "SELECT incident_id, alert_id, position, received_at, state, reason, severity, fingerprint, starts_at, ends_at, "
                + $"raw_payload FROM grafana_alerts FORCE INDEX (idx_incident){OfPortion}alert_id",
                range);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var hasRow = await reader.ReadAsync(cancel);
            foreach (var row in incidents)
            {
                var id = row.Text("incident_id");
                yield return new(id, row, [.. events[id]], [.. instances[id]], AlertsOf(id));
            }

            async IAsyncEnumerable<(StoredRow Row, byte[] Raw)> AlertsOf(string incident)
            {
                while (hasRow && reader.GetString(0) == incident)
                {
                    var (row, raw) = Alert(reader);
                    hasRow = await reader.ReadAsync(cancel);
                    yield return (row, raw);
                }
            }
        }
    }

    public async Task<long> CountAlerts(CancellationToken cancel)
    {
        await using var command = Command("SELECT COUNT(*) FROM grafana_alerts", []);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static (StoredRow Row, byte[] Raw) Alert(MySqlDataReader reader)
    {
        var last = reader.FieldCount - 1;
        var raw = System.Text.Encoding.UTF8.GetBytes(reader.GetString(last));
        return (Row(reader, last), raw);
    }

    private async Task<ILookup<string, StoredRow>> ByIncident(string sql, string[] range, CancellationToken cancel) =>
        (await Rows(sql, range, cancel)).ToLookup(static row => row.Text("incident_id"), StringComparer.Ordinal);

    private async Task<List<StoredRow>> Rows(string sql, string[] values, CancellationToken cancel)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<StoredRow>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(Row(reader, reader.FieldCount));
        }

        return rows;
    }

    private static StoredRow Row(MySqlDataReader reader, int columns) => new(
        Enumerable.Range(0, columns).Select(reader.GetName), Enumerable.Range(0, columns).Select(reader.GetValue));

    private async Task Run(string sql, CancellationToken cancel)
    {
        await using var command = Command(sql, []);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private MySqlCommand Command(string sql, string[] values)
    {
        var command = new MySqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}

/// <summary>An incident with its rows in the other tables.</summary>
/// <param name="Alerts">In order of insertion, each with the bytes of its raw payload; may be read once.</param>
internal sealed record StoredIncident(
    string Id,
    StoredRow Row,
    List<StoredRow> Events,
    List<StoredRow> Instances,
    IAsyncEnumerable<(StoredRow Row, byte[] Raw)> Alerts);
