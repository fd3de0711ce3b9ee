using System.Text.Json;
using Incidents.Grains.MySql;
using Incidents.TestKit;
using Incidents.WebFront.Hosting;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Tests.Whole;

public sealed class CountTests(SharedSystem shared)
{
    [Fact]
    public async Task The_counts_name_each_status_and_severity_and_tests_apart()
    {
        var (system, cluster) = (await shared.Get(), Vary.NewName());
        await system.Accept(Incoming.Alert(cluster, severity: "info"));
        await system.Accept(Incoming.Alert(cluster, severity: "info", service: "of-a-test", isTest: true));

        var counts = await system.Read("/api/incidents/counts");

        Assert.InRange(Of(counts, "incidents"), 1, int.MaxValue);
        Assert.InRange(Of(counts, "tests"), 1, int.MaxValue);

        static int Of(JsonElement counts, string kind) => counts.GetProperty(kind).EnumerateArray()
            .Where(static one => one.Text("status") == "active" && one.Text("severity") == "info")
            .Sum(static one => one.GetProperty("count").GetInt32());
    }

    /// <summary>While changes are folded by two at once and written by two more, every reading is a sum that was true.</summary>
    [Fact]
    public async Task No_reading_misses_or_doubles_what_is_folded_just_now()
    {
        await using var database = await TestDatabase.Create();
        await using var source = new ReadDatabase(database.ConnectionString);
        var queries = new CountQueries(source, TimeProvider.System);
        using var over = new CancellationTokenSource();
        const int Writes = 300;

        // Each write moves one from active to resolved in one statement, so the sum of both stays as it was.
        var writing = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Writes; i++)
            {
                await database.Execute(
                    "INSERT INTO incident_count_changes (status, severity, is_test, change_by) "
                    + "VALUES ('active', 'error', 0, 2), ('resolved', 'error', 0, -1), ('acknowledged', 'error', 0, -1)");
            }
        })));
        var folding = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => Fold(database, over.Token))));
        var reading = Task.Run(async () =>
        {
            var readings = 0;
            for (; !over.IsCancellationRequested; readings++)
            {
                Assert.Equal(0, (await queries.Read(CancellationToken.None)).Incidents.Sum(static kind => kind.Count));
            }

            return readings;
        });

        await writing;
        await over.CancelAsync();
        Assert.True(await reading > 0);
        Assert.True((await folding).Sum() > 0);
        Assert.Equal(
            [("acknowledged", -2L * Writes), ("active", 4L * Writes), ("resolved", -2L * Writes)],
            (await queries.Read(CancellationToken.None)).Incidents.Select(static kind => (kind.Status, kind.Count)).Order());
    }

    [Fact]
    public async Task What_a_stranger_changed_is_put_right_once()
    {
        await using var database = await TestDatabase.Create();
        await database.Execute("INSERT INTO incident_counts (status, severity, is_test, incidents) VALUES ('active', 'error', 0, 3)");
        await database.Execute("INSERT INTO incident_count_changes (status, severity, is_test, change_by) VALUES ('resolved', 'info', 1, -2)");
        await using var connection = await database.Open();

        Assert.Equal(2, await CountRows.Mend(connection, CancellationToken.None));
        Assert.Equal(0, await CountRows.Mend(connection, CancellationToken.None));
        await Audit.IsSound(database);
    }

    private static async Task<int> Fold(TestDatabase database, CancellationToken over)
    {
        var folded = 0;
        await using var connection = await database.Open();
        while (!over.IsCancellationRequested)
        {
            folded += await CountRows.Fold(connection, 100, CancellationToken.None);
        }

        return folded;
    }
}
