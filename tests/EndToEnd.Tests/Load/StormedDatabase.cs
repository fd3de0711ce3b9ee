using Incidents.TestKit;
using Incidents.TestKit.Load;

namespace Incidents.EndToEnd.Tests.Load;

/// <summary>What a small storm left in a database, with its ledger; each test gets a copy to spoil, without
/// triggers and foreign keys, so that a row can be spoiled alone.</summary>
public sealed class StormedDatabase : IAsyncLifetime
{
    private static readonly string[] Tables =
    [
        "incident_keys", "incidents", "grafana_alerts", "incident_instances", "incident_events", "incident_counts", "incident_count_changes",
    ];

    private static readonly Mix Mix = new()
    {
        Keys = 20,
        Groups = [new(1, 0.9), new(10, 0.1)],
        Resolved = 0.4,
        Repeats = 0.2,
        Duplicates = 0.2,
        DuplicateAfter = TimeSpan.FromSeconds(0.1),
        Unicode = 0.2,
        Episode = TimeSpan.FromSeconds(0.2),
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("incidents-storm.");
    private IncidentsSystem? _system;
    private string _copying = "";

    internal string Ledger => Path.Combine(_folder.FullName, "ledger.jsonl");

    public async ValueTask InitializeAsync()
    {
        _system = await IncidentsSystem.Start(CancellationToken.None);
        var plan = new StormPlan("small", 7, Mix, 200, TimeProvider.System.GetUtcNow());
        var target = new Uri(_system.Client.BaseAddress!, "/webhook/grafana");
        await using (var ledger = new LedgerWriter(Ledger, plan))
        {
            using var storm = new Storm(new(plan), [target], [new("first"), new("second")], ledger, new());
            await storm.Run(TimeSpan.FromSeconds(2), 32, CancellationToken.None);
        }

        await _system.StopWeb(CancellationToken.None);
        await _system.StopSilo(CancellationToken.None);
        _copying = string.Join(";\n", await Task.WhenAll(Tables.Select(Copying)));
    }

    internal async Task<TestDatabase> Copy()
    {
        var copy = await TestDatabase.CreateEmpty();
        await copy.Execute(_copying);
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    /// <summary>Its keys and generated columns come along, neither triggers nor foreign keys do.</summary>
    private async Task<string> Copying(string table)
    {
        var columns = string.Join(", ", (await _system!.Database.Rows(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = ? "
            + "AND COALESCE(generation_expression, '') = ''",
            table)).Select(static row => row[0]));
        var source = $"{_system.Database.Name}.{table}";
        return $"CREATE TABLE {table} LIKE {source}; INSERT INTO {table} ({columns}) SELECT {columns} FROM {source}";
    }
}
