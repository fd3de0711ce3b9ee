using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using MySqlConnector;
using Xunit;

namespace Incidents.Grains.Tests.MySql;

public sealed class ApiMigrationTests
{
    /// <summary>As after a crash between its statements, on a database in use.</summary>
    [Fact]
    public async Task It_can_run_twice_and_counts_the_incidents_that_are_there()
    {
        await using var database = await TestDatabase.Create();
        await using (var owner = await Rival.Started(database.ConnectionString))
        {
            for (var i = 0; i < 5; i++)
            {
                var now = TimeProvider.System.GetUtcNow();
                var batch = Alerts.Batch(now, i % 2 == 0 ? Alerts.Firing() : Alerts.Resolved(endsAt: now)).To($"service-{i}");
                Assert.Equal(ObserveStatus.Done, (await owner.Observe(batch)).Status);
            }
        }

        var text = await File.ReadAllTextAsync(Path.Combine(Repo.Root, "sql/V6__api.sql"), TestContext.Current.CancellationToken);
        await using (var connection = new MySqlConnection($"{database.ConnectionString};AllowUserVariables=true"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var migration = new MySqlCommand(text, connection);
            await migration.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(0, await database.Read<int>("SELECT COUNT(*) FROM incident_count_changes"));
        Assert.Equal(5, await database.Read<int>("SELECT SUM(incidents) FROM incident_counts"));
        await Audit.IsSound(database);
    }
}
