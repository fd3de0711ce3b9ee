using System.Collections.Concurrent;
using System.Text;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Incidents.WebFront.Queries;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>The statements as they went to the server, explained by it with some thousand incidents there.</summary>
public sealed class QueryPlanTests
{
    private const int Incidents = 3000;

    [Fact]
    public async Task Lists_and_details_walk_an_index_and_never_a_table()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.Create();
        await Fill(database);
        var statements = new Statements();
        await using (var source = new MySqlDataSourceBuilder(database.ConnectionString).UseLoggerFactory(statements).Build())
        {
            var queries = new IncidentQueries(source);
            Assert.Equal(50, (await queries.List([IncidentStatus.Active, IncidentStatus.Acknowledged], 50, cancel)).Count);
            Assert.Equal(50, (await queries.List([IncidentStatus.Resolved], 50, cancel)).Count);
            Assert.True(IncidentId.TryParse(Id(7), out var id));
            Assert.NotNull(await queries.Find(id, cancel));
        }

        var selects = statements.Texts.Where(static text => text.Contains("FROM incident", StringComparison.Ordinal)).ToList();
        Assert.Equal(4, selects.Count);
        foreach (var select in selects)
        {
            var plan = await Explain(database, select);
            Assert.NotEmpty(plan);
            Assert.All(plan, step => Assert.True(
                step is { Type: "ref" or "const" or "range", Key: "idx_status_last_seen" or "PRIMARY" }
                    && !step.Extra.Contains("filesort", StringComparison.Ordinal),
                $"{step}\n{select}"));
        }
    }

    private static string Id(int number) => $"INC-20261120000000-{number:x16}";

    private static async Task Fill(TestDatabase database)
    {
        var (incidents, instances) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < Incidents; i++)
        {
            var (status, ended) = (i % 10) switch { 0 => ("active", "NULL"), 1 => ("acknowledged", "NULL"), _ => ("resolved", "'2026-11-21'") };
            var seen = $"'2026-11-20' + INTERVAL {i} SECOND";
            incidents.Append(i == 0 ? "" : ",").Append(
                $"('{Id(i)}','{i:x16}','{status}','error','error','','','','','','','','2026-11-20','2026-11-20',{seen},1,{ended},0,1,1,'2026-11-20','2026-11-20')");
            instances.Append(i == 0 ? "" : ",").Append($"('{Id(i)}','a','firing','error','2026-11-20','2026-11-20')");
        }

        await database.Execute(
            "INSERT INTO incidents (incident_id, incident_key, status, severity, peak_severity, phase, cluster, namespace, service, rule_uid, "
            + "title, summary, start_time, first_seen_at, last_seen_at, firing_count, resolved_time, is_test, revision, event_seq, "
            + "created_at, updated_at) VALUES " + incidents);
        await database.Execute(
            "INSERT INTO incident_instances (incident_id, fingerprint, state, severity, starts_at, last_seen_at) VALUES " + instances);
        await database.Rows("ANALYZE TABLE incidents, incident_instances");
    }

    private static async Task<List<Step>> Explain(TestDatabase database, string select)
    {
        await using var connection = await database.Open();
        await using var command = new MySqlCommand("EXPLAIN " + select, connection);
        command.Parameters.AddWithValue("@limit", 50);
        command.Parameters.AddWithValue("@id", Id(7));
        command.Parameters.AddWithValue("@status0", select.Contains("@status1", StringComparison.Ordinal) ? "active" : "resolved");
        command.Parameters.AddWithValue("@status1", "acknowledged");
        await using var reader = await command.ExecuteReaderAsync();
        var steps = new List<Step>();
        while (await reader.ReadAsync())
        {
            var step = new Step($"{reader["table"]}", $"{reader["type"]}", $"{reader["key"]}", $"{reader["Extra"]}");
            if (!step.Table.StartsWith('<'))
            {
                steps.Add(step); // The others are the few rows that the branches of a UNION found.
            }
        }

        return steps;
    }

    private sealed record Step(string Table, string Type, string Key, string Extra);

    /// <summary>Hears from the driver what it sends.</summary>
    private sealed class Statements : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string> _texts = new();

        public IEnumerable<string> Texts => _texts.Distinct();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (state is IEnumerable<KeyValuePair<string, object?>> fields
                && fields.FirstOrDefault(static f => f.Key == "CommandText").Value is string text)
            {
                _texts.Enqueue(text);
            }
        }

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
