using System.Globalization;
using Incidents.Grains.Senders;
using Incidents.TestKit;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>How the server reads a table of many senders and peers.</summary>
public sealed class SenderPlanTests
{
    [Fact]
    public async Task Senders_are_read_along_an_index()
    {
        await using var database = await TestDatabase.Create();
        var rows = string.Join(',', Enumerable.Range(0, 2000).Select(static n => string.Create(
            CultureInfo.InvariantCulture,
            $"('sender-{n % 50}','{n:x16}','grafana','','','','2026-11-20','2026-11-20' + INTERVAL {n} SECOND,1,1,0,0,0)")));
        await database.Execute(
            "INSERT INTO senders (sender, peer, kind, version, external_url, remote_address, first_delivery_at, last_delivery_at, "
            + "deliveries, alerts, rejected_alerts, truncated_deliveries, duplicate_deliveries) VALUES " + rows);
        await database.Rows("ANALYZE TABLE senders");

        Assert.Equal("PRIMARY ", await Plan(database, SenderQueries.All.Replace("@limit", "1000", StringComparison.Ordinal)));
        Assert.Equal("idx_sender_last_delivery Using index for group-by", await Plan(database, SeenSenders.LastDeliveries));
    }

    private static async Task<string> Plan(TestDatabase database, string select)
    {
        var step = Assert.Single(await database.Rows("EXPLAIN FORMAT=TRADITIONAL " + select));
        return $"{step[database.IsMariaDb ? 5 : 6]} {step[^1]}";
    }
}
