using System.Text;
using Dapper;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Incidents.WebFront.Hosting;
using Incidents.WebFront.Live;
using Incidents.WebFront.Queries;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Live;

/// <summary>What the feed asks the database, and that a filter means there and in memory the same.</summary>
public sealed class LiveReadTests(FilledDatabase filled) : IClassFixture<FilledDatabase>
{
    private static readonly DateTimeOffset Filled = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_changed_is_read_along_an_index_and_never_more_than_is_sent()
    {
        (IReadOnlyList<IncidentRow> Rows, bool AreAll) found = ([], true);
        var statements = await filled.StatementsOf(async database =>
        {
            using var reads = new LiveReads(database);
            found = await reads.Since(Filled, TestContext.Current.CancellationToken);
            Assert.Empty((await reads.Since(Filled.AddYears(1), TestContext.Current.CancellationToken)).Rows);
        });

        Assert.Equal((LiveReads.Most, false), (found.Rows.Count, found.AreAll));
        var parameters = new DynamicParameters(new { since = Filled.UtcDateTime, limit = LiveReads.Most + 1 });
        Assert.All(await filled.Explain(statements[0], parameters), static step => Assert.True(step is { WalksAnIndex: true, Sorts: false }, $"{step}"));
    }

    [Fact]
    public async Task A_filter_lets_the_same_incidents_through_in_memory_as_in_the_database()
    {
        await using var database = await TestDatabase.Create();
        await Fill(database);
        await using var reading = new ReadDatabase(database.ConnectionString);
        var (queries, chance) = (new IncidentQueries(reading), new Random(6));
        var all = await queries.List(new() { Statuses = Enum.GetValues<IncidentStatus>() }, null, 1_000, TestContext.Current.CancellationToken);
        var kept = 0;
        for (var n = 0; n < 150; n++)
        {
            var filter = Any(chance);
            var asked = (await queries.List(filter, null, 1_000, TestContext.Current.CancellationToken)).Rows.Select(static row => row.IncidentId).ToHashSet();
            var matched = all.Rows.Where(row => new LiveFilter(filter).Fits(row) == LiveFit.Shown).Select(static row => row.IncidentId).ToHashSet();
            Assert.True(asked.SetEquals(matched), $"{filter.Signature}: {string.Join(' ', asked)} but {string.Join(' ', matched)}");
            kept += asked.Count;
        }

        Assert.InRange(kept, 300, 150 * all.Rows.Count / 2); // filters that let nothing or everything through would prove little
    }

    private static IncidentFilter Any(Random chance)
    {
        return new()
        {
            Statuses = Some(Enum.GetValues<IncidentStatus>(), 0.9) is [_, ..] statuses ? statuses : [IncidentStatus.Active],
            Severities = Some(["critical", "warning"], 0.2),
            Clusters = Some(["c0", "c1", "C1"], 0.15),
            Namespaces = Some(["n0", "n 1"], 0.15),
            Services = Some(["s0", "s1 ", "s_"], 0.2),
            Rules = Some(["r0", "r1"], 0.2),
            Text = chance.NextDouble() < 0.3 ? Pick("title", "TITLE 1", "Ünïc", "100%", "100_", "Title 2", "ДИСК", " ") : null,
            Since = chance.NextDouble() < 0.2 ? Filled.AddSeconds(chance.Next(60)) : null,
            Until = chance.NextDouble() < 0.2 ? Filled.AddSeconds(chance.Next(90)) : null,
            IsTest = chance.NextDouble() < 0.2 ? chance.Next(2) == 0 : null,
        };

        T[] Some<T>(T[] of, double share) => chance.NextDouble() < share ? [.. of.Where(_ => chance.Next(2) == 0)] : [];
        string Pick(params string[] of) => of[chance.Next(of.Length)];
    }

    private static async Task Fill(TestDatabase database)
    {
        string[] titles = ["Title 1", "title 12", "ÜNÏCODE", "100%_cpu", "100 cpu", "Диск", " blank", "TITLE 2 "];
        var (keys, rows) = (new List<string>(), new List<string>());
        for (var i = 0; i < 96; i++)
        {
            keys.Add($"('{i:x16}','{FilledDatabase.Id(i)}')");
            var (status, ended) = (i % 3) switch { 0 => ("active", "NULL"), 1 => ("acknowledged", "NULL"), _ => ("resolved", "'2026-11-21'") };
            rows.Add(
                $"('{FilledDatabase.Id(i)}','{i:x16}','{status}','{(i % 2 == 0 ? "critical" : "warning")}','critical','','c{i / 2 % 3}','{(i % 5 < 2 ? "n0" : "n 1 ")}',"
                + $"'s{i / 4 % 2}','r{i / 8 % 3}','{titles[i / 3 % titles.Length]}','','2026-11-20','2026-11-20','2026-11-20' + INTERVAL {i} SECOND,1,{ended},{(i % 7 == 0 ? 1 : 0)},1,1,'2026-11-20','2026-11-20')");
        }

        await database.Execute($"INSERT INTO incident_keys (incident_key, last_incident_id) VALUES {string.Join(',', keys)}");
        await database.Execute(new StringBuilder(
            "INSERT INTO incidents (incident_id, incident_key, status, severity, peak_severity, phase, cluster, namespace, service, rule_uid, "
            + "title, summary, start_time, first_seen_at, last_seen_at, firing_count, resolved_time, is_test, revision, event_seq, created_at, updated_at) VALUES ")
            .AppendJoin(',', rows).ToString());
    }
}
