using Incidents.Grains.MySql;
using Incidents.TestKit;
using MySqlConnector;
using Xunit;

namespace Incidents.Grains.Tests.MySql;

/// <summary>What the protocol needs of every session that writes, whatever the server's own settings are.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task A_writing_session_is_read_committed_strict_impatient_and_in_utc()
    {
        await using var database = await TestDatabase.Create();
        await using var writer = new WriterConnection(IncidentsConnection.Parse(database.ConnectionString));
        var isolation = database.IsMariaDb ? "@@tx_isolation" : "@@transaction_isolation"; // neither server has both

        await using var command = new MySqlCommand(
            $"SELECT {isolation}, @@innodb_lock_wait_timeout, @@sql_mode, @@time_zone, @@character_set_client, @@autocommit",
            await writer.Get(TestContext.Current.CancellationToken));
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));

        Assert.Equal("READ-COMMITTED", reader.GetString(0));
        Assert.Equal(1, Convert.ToInt32(reader.GetValue(1), null));
        Assert.Contains("STRICT_TRANS_TABLES", reader.GetString(2), StringComparison.Ordinal);
        Assert.DoesNotContain("NO_BACKSLASH_ESCAPES", reader.GetString(2), StringComparison.Ordinal);
        Assert.Equal("+00:00", reader.GetString(3));
        Assert.Equal("utf8mb4", reader.GetString(4));
        Assert.Equal(1, Convert.ToInt32(reader.GetValue(5), null));
    }

    [Fact]
    public async Task A_connection_opened_after_a_broken_one_has_the_same_session()
    {
        await using var database = await TestDatabase.Create();
        await using var writer = new WriterConnection(IncidentsConnection.Parse(database.ConnectionString));
        var first = (await writer.Get(TestContext.Current.CancellationToken)).ServerThread;
        await writer.Drop();

        var second = await writer.Get(TestContext.Current.CancellationToken);

        Assert.NotEqual(first, second.ServerThread);
        await using var command = new MySqlCommand("SELECT @@innodb_lock_wait_timeout", second);
        Assert.Equal(
            1, Convert.ToInt32(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), null));
    }
}
