using Incidents.Grains.MySql;
using Incidents.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Incidents.Grains.Tests.MySql;

/// <summary>DDL is not transactional: what was applied in part, or applied and not noted, is applied again.</summary>
public sealed class RepeatedMigrationTests
{
    /// <summary>0 is a migration; Evolve also notes that it found the schema empty.</summary>
    private const string Applied = "SELECT COUNT(*) FROM changelog WHERE type = 0";

    [Fact]
    public async Task Every_migration_can_run_twice()
    {
        await using var database = await TestDatabase.Create();
        var before = await Columns(database);
        var migrations = await database.Read<int>(Applied);
        await database.Execute("DELETE FROM changelog WHERE type = 0");

        Migrator.Apply(IncidentsConnection.Parse(database.ConnectionString), 4 << 20, NullLogger.Instance);

        Assert.Equal(migrations, await database.Read<int>(Applied));
        Assert.InRange(migrations, 5, 1000);
        Assert.Equal(before, await Columns(database));
    }

    private static async Task<List<string>> Columns(TestDatabase database) => (await database.Rows(
        "SELECT CONCAT_WS(' ', table_name, column_name, column_type, is_nullable) FROM information_schema.columns "
        + "WHERE table_schema = DATABASE() ORDER BY table_name, ordinal_position"))
        .ConvertAll(static row => (string)row[0]!);
}
