using System.Diagnostics;
using Incidents.EndToEnd.Tests.Cluster;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>
/// Clocks that jump by an hour, those of both hosts together and each alone. In this process, since only here each host
/// has a clock of its own that can be set: programs on one machine share the machine's. Every time that the service
/// reads, Orleans included, comes from that clock.
/// </summary>
public sealed class MovedClockTests(ITestOutputHelper output)
{
    private static readonly int Between = Form.Times(500, 50);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Scenario("moved-clock", "clocks jump an hour ahead and back, of all hosts or of one")]
    public async Task Nothing_is_refused_or_lost_when_clocks_jump_by_an_hour()
    {
        var (silo, web) = (new MovableClock(), new MovableClock());
        await using var system = await IncidentsSystem.Start(new() { Clock = web, SiloClock = silo }, Cancel);
        await using var flow = new SenderFlow([system.Client.BaseAddress!], new() { Senders = 8 }, Random.Shared.Next());
        var outcome = Outcome.Failed;
        try
        {
            await flow.Reached(Between, Within, Cancel);
            foreach (var jump in (TimeSpan[])[Hour, -Hour, -Hour, Hour])
            {
                await Jump(jump, silo, web);
                await Jump(jump, silo);
                await Jump(-jump, silo);
                await Jump(jump, web);
                await Jump(-jump, web);
            }

            await flow.End();
            await system.IsReady(Within, Cancel);
            Assert.Empty(flow.Ledger.Refusals);
            await flow.IsStored(system.Database);
            await Audit.IsSound(system.Database);
            outcome = Outcome.Ok;
        }
        finally
        {
            ScenarioFigures.Append(outcome, flow.Ledger.Requests, TimeSpan.Zero);
        }

        async Task Jump(TimeSpan by, params MovableClock[] clocks)
        {
            var begun = Stopwatch.GetTimestamp();
            Array.ForEach(clocks, clock => clock.Advance(by));
            await flow.Reached(flow.Ledger.Answered + Between, Within, Cancel);
            output.WriteLine($"{clocks.Length} clocks by {by.TotalHours} h: longest silence {flow.Ledger.LongestSilence(begun).TotalSeconds:0.0} s, {ScenarioFigures.Line(flow.Ledger.Requests, null, " ")}");
        }
    }
}
