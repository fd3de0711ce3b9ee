using System.Diagnostics;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>The disk of the database fills up, and somebody makes room.</summary>
public sealed class FullDiskTests
{
    private const int Megabytes = 160;
    private const int LeaveKilobytes = 256;

    private static readonly TimeSpan FullWithin = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Scenario("full-disk", "the disk of MySQL is full for 30 s")]
    public async Task Nothing_is_refused_or_lost_while_the_disk_is_full()
    {
        if (!await PrivateMySql.CanMount())
        {
            ScenarioFigures.Append(Outcome.Skipped, [], null);
            Assert.Skip("No small disk: neither root nor a user that may mount in a namespace of its own.");
        }

        var server = await PrivateMySql.StartOnSmallDisk(Megabytes, "--innodb-log-file-size=8M", "--innodb-buffer-pool-size=24M");
        await using var stage = await Stage.Start(server, silos: 1, webFronts: 1);
        await Stages.Run(stage, async storm =>
        {
            storm.Send(new() { PerSecond = Form.Times(200, 50) });
            await storm.Goes(200);
            server.Fill(LeaveKilobytes);
            await Eventually.Holds("MySQL takes no more", () => Task.FromResult(storm.IsStuck), FullWithin, Cancel);
            await Storm.Lasts(Form.Lasts(30, 7), Stopwatch.GetTimestamp());
            server.Free();
            if (server.HasEnded)
            {
                await server.StartAgain(); // some do end when they cannot write; whatever supervises them starts them again
            }

            await storm.Recovers(Stopwatch.GetTimestamp());
        });
    }
}
