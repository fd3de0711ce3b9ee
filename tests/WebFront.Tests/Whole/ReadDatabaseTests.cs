using System.Net;
using System.Text.Json;
using Incidents.TestKit;
using Incidents.WebFront.Hosting;
using Incidents.WebFront.Tests.Http;
using MySqlConnector;

namespace Incidents.WebFront.Tests.Whole;

public sealed class ReadDatabaseTests(SharedSystem shared)
{
    private const int ReadOnlyTransaction = 1792;

    [Fact]
    public async Task Nothing_can_be_written_where_lists_are_read()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var source = new ReadDatabase((await shared.Get()).Database.ConnectionString);

        for (var use = 0; use < 3; use++) // the second and third have the connection of the first
        {
            await using var connection = await source.Open(cancel);
            await using var write = new MySqlCommand("UPDATE incident_keys SET version = version WHERE incident_key = ''", connection);
            var refused = await Assert.ThrowsAsync<MySqlException>(() => write.ExecuteNonQueryAsync(cancel));
            Assert.Equal(ReadOnlyTransaction, refused.Number);
            await using var read = new MySqlCommand("SELECT COUNT(*) FROM incident_keys", connection);
            Assert.NotNull(await read.ExecuteScalarAsync(cancel));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connections_that_died_in_the_pool_are_replaced_and_no_read_fails_for_them(bool byTheServer)
    {
        var cancel = TestContext.Current.CancellationToken;
        var database = (await shared.Get()).Database;
        await using var proxy = new CutProxy(TestDatabase.ServerPort);
        await using var source = new ReadDatabase(database.ConnectionStringThrough(proxy.Port));
        var many = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => source.Open(cancel).AsTask()));
        var ids = many.Select(static one => one.ServerThread).ToList();
        await Task.WhenAll(many.Select(static one => one.DisposeAsync().AsTask()));

        if (byTheServer)
        {
            foreach (var id in ids)
            {
                await database.Execute($"KILL CONNECTION {id}");
            }
        }
        else
        {
            proxy.Close();
            proxy.Open();
        }

        for (var use = 0; use < 8; use++)
        {
            await using var connection = await source.Open(cancel);
            await using var read = new MySqlCommand("SELECT COUNT(*) FROM incident_keys", connection);
            Assert.NotNull(await read.ExecuteScalarAsync(cancel));
        }
    }

    [Fact]
    public async Task While_the_database_is_away_a_read_fails_at_once()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var proxy = new CutProxy(TestDatabase.ServerPort);
        await using var source = new ReadDatabase((await shared.Get()).Database.ConnectionStringThrough(proxy.Port));
        await using (await source.Open(cancel))
        {
            // Goes into the pool.
        }

        proxy.Close();

        await Assert.ThrowsAsync<MySqlException>(() => source.Open(cancel).AsTask());
    }

    [Theory]
    [InlineData("/api/incidents/counts", "The database did not answer in time.")]
    [InlineData("/api/incidents", "The database did not answer in time. Ask for less: with a filter, or a smaller limit.")]
    public async Task While_the_database_hangs_a_read_says_so_and_what_helps(string path, string detail)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.Create();
        await using var web = await RunningWebFront.Start(("ConnectionStrings:Incidents", database.ConnectionString));
        await using var holder = new MySqlConnection(database.ConnectionString);
        await holder.OpenAsync(cancel);
        await using var hold = new MySqlCommand("LOCK TABLES incident_counts WRITE, incidents WRITE", holder);
        await hold.ExecuteNonQueryAsync(cancel);

        using var answer = await web.Client.GetAsync(path, cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(detail, JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancel)).Text("detail"));
    }

    [Fact]
    public async Task Lists_come_from_the_replica_and_answers_to_commands_and_what_is_counted_do_not()
    {
        await using var replica = await TestDatabase.Create(); // one that lags by all there is
        await using var system = await IncidentsSystem.Start(
            new()
            {
                Web = new Dictionary<string, string> { ["ConnectionStrings:IncidentsReadOnly"] = replica.ConnectionString },
                Silo = new Dictionary<string, string> { ["Counts:FoldEvery"] = "00:00:01" },
            },
            TestContext.Current.CancellationToken);
        var id = (await system.Accept(Incoming.Alert(Vary.NewName()))).IncidentId;

        Assert.Empty((await system.Read("/api/incidents")).Texts("incidents", "incident_id"));
        Assert.Equal("resolved", (await system.Command(id, "resolve")).Answer.Text("status"));
        Assert.Equal("resolved", (await system.Command(id, "acknowledge")).Answer.GetProperty("incident").Text("status"));
        await Eventually.Holds(
            "the silo folded what changed into the counts",
            async () => await system.Database.Read<int>("SELECT COUNT(*) FROM incident_count_changes") == 0,
            TimeSpan.FromSeconds(20),
            TestContext.Current.CancellationToken,
            () => system.Log);
        Assert.Equal(1, await system.Database.Read<int>("SELECT SUM(incidents) FROM incident_counts WHERE status = 'resolved'"));
    }
}
