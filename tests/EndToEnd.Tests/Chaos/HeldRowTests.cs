using System.Diagnostics;
using Incidents.EndToEnd.Tests.Cluster;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>Somebody begins a transaction, locks a key's row, and forgets it.</summary>
[Collection(nameof(RunningCluster))]
public sealed class HeldRowTests(Stages stages)
{
    [Fact]
    [Scenario("held-row", "the row of one key is locked by somebody for 30 s")]
    public Task A_held_row_costs_its_own_key_a_delay_and_no_other_anything() => stages.Run(async storm =>
    {
        var neighbours = storm.Send(new());
        var held = storm.Send(new() { PerSecond = 20, Keys = 1, RequestsOfAKey = int.MaxValue });
        await storm.Goes(100);
        var database = storm.Stage.Cluster.Database;
        var key = await database.Read<string>("SELECT incident_key FROM incidents WHERE service LIKE ? LIMIT 1", held.Name + "-%");

        var begun = Stopwatch.GetTimestamp();
        await using (await HeldRows.Of(database, "incident_keys", "incident_key", key))
        {
            await Storm.Lasts(Form.Lasts(30, 7), begun);
            Assert.DoesNotContain(neighbours.Ledger.Requests, static one => one.Fate != Fate.Stored);
        }

        await storm.Recovers(Stopwatch.GetTimestamp());
        Assert.Contains(held.Ledger.Requests, static one => one.Fate == Fate.Spooled);
    });
}
