using Incidents.TestKit;
using Incidents.WebFront.Hosting;
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
