using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.MySql;
using Incidents.TestKit;
using MySqlConnector;
using Xunit;

namespace Incidents.Grains.Tests.MySql;

/// <summary>A packet locks the rows of its own keys, by their primary key, and no other.</summary>
public sealed class PacketLockTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Most = 500; // GroupCommit:MaxKeys

    private TestDatabase _database = null!;
    private Rival _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create();
        _silo = await Rival.Started(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task The_largest_packet_on_a_small_table_does_not_touch_a_strangers_rows()
    {
        await ObserveAll("mine", Most);
        var strange = (await ObserveAll("strange", 3)).Select(static result => result.Alerts[0].IncidentId!.Value).ToList();
        using var failures = new PacketFailures(_silo);
        await using var keys = await HeldRows.Of(
            _database, "incident_keys", "incident_key", [.. strange.Select(static id => id.Key.Value)]);
        await using var incidents = await HeldRows.Of(
            _database, "incidents", "incident_id", [.. strange.Select(static id => id.Value)]);

        await ObserveAll("mine", Most);

        Assert.Equal("", failures.ToString());
    }

    [Fact]
    public async Task Every_statement_that_locks_goes_by_primary_key()
    {
        await ObserveAll("mine", 40);
        var changes = await Changes("mine", 20);
        var packet = new SqlPacket();
        KeyRows.Fence(packet, changes);
        IncidentRows.Update(packet, changes);
        await using var whole = packet.On(null!);

        foreach (var (statement, tables) in new[] { (0, 2), (1, 1), (3, 1) }) // lock, fence, incidents; 2 is the guard
        {
            var plan = await Explain(whole, statement);
            var real = plan.Where(static row => row["table"] is "q" or "i").ToList();
            output.WriteLine(string.Join('\n', real.Select(static row => string.Join(" | ", row.Values))));
            Assert.Equal(tables, real.Count);
            Assert.All(real, static row => Assert.Equal(("PRIMARY", "eq_ref"), (row["key"], row["type"])));
        }
    }

    /// <summary>What would be written if an alert came for each.</summary>
    private async Task<List<KeyChange>> Changes(string kind, int count)
    {
        var changes = new List<KeyChange>();
        foreach (var batch in Enumerable.Range(0, count).Select(i => Batch($"{kind}-{i}", "another")))
        {
            var draft = new KeyDraft(await _silo.Load(IncidentKey.Of(batch.Parts)), batch.ReceivedAt, new());
            draft.Observe(batch, batch.Alerts[0], anyFiring: true);
            changes.Add(draft.Finish());
        }

        return changes;
    }

    private async Task<List<Dictionary<string, string?>>> Explain(MySqlCommand packet, int statement)
    {
        var texts = packet.CommandText.Split(";\n");
        var before = texts[..statement].Sum(static text => text.Count(static c => c == '?'));
        await using var connection = await _database.Open();
        await using var command = new MySqlCommand("EXPLAIN FORMAT=TRADITIONAL " + texts[statement], connection);
        foreach (var parameter in packet.Parameters.Skip(before).Take(texts[statement].Count(static c => c == '?')))
        {
            command.Parameters.Add(new MySqlParameter { Value = parameter.Value });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, string?>>();
        while (await reader.ReadAsync())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(
                i => reader.GetName(i), i => reader.IsDBNull(i) ? null : reader.GetValue(i).ToString()));
        }

        return rows;
    }

    private async Task<ObserveResult[]> ObserveAll(string kind, int count)
    {
        var results = await Task.WhenAll(
            Enumerable.Range(0, count).Select(i => _silo.Observe(Batch($"{kind}-{i}", $"series-{i % 3}"))));
        Assert.All(results, static result => Assert.Equal(ObserveStatus.Done, result.Status));
        return results;
    }

    private static AlertBatch Batch(string service, string fingerprint)
    {
        var now = TimeProvider.System.GetUtcNow().ToMicroseconds();
        return Alerts.Batch(now, Alerts.Firing(fingerprint, now)).To(service);
    }
}
