using System.Diagnostics;
using Incidents.EndToEnd.Tests.Cluster;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>All connections break, and no new one is possible for a while. Each silo tells others the addresses of proxies
/// instead of its own. Only in <c>./chaos.sh</c>: each needs a
/// stage of its own, and what follows a silo that is out of reach is the same as with a frozen one.</summary>
[Collection(nameof(RunningCluster))]
public sealed class CutNetworkTests
{
    private const int Before = 200;

    [Fact(Explicit = true)]
    [Scenario("cut-silos", "no silo reaches another one for 30 s; all reach MySQL")]
    public Task Nothing_is_refused_or_lost_when_silos_do_not_reach_each_other() => Cut(
        static way => way.ToSilo, Form.Lasts(30, 12));

    [Fact(Explicit = true)]
    [Scenario("cut-webfronts", "no WebFront reaches a silo for 30 s")]
    public Task Nothing_is_refused_or_lost_when_WebFronts_do_not_reach_the_silos() => Cut(
        static way => way.ToGateway, Form.Lasts(30, 7));

    private static async Task Cut(Func<WaysToSilo, CutProxy> which, TimeSpan lasts)
    {
        await using var stage = await Stage.Start(await PrivateMySql.Start(), silos: 3, webFronts: 2, behindProxies: true);
        await Stages.Run(stage, async storm =>
        {
            storm.Send(new() { PerSecond = Form.Times(200, 50) });
            await storm.Goes(Before);
            foreach (var way in stage.Ways)
            {
                which(way).Close(); // a short cut: all have to connect anew
                which(way).Open();
            }

            await storm.Goes(Before);
            var cut = stage.Ways.Select(which).ToList();
            var begun = Stopwatch.GetTimestamp();
            cut.ForEach(static way => way.Close());
            await Storm.Lasts(lasts, begun);
            cut.ForEach(static way => way.Open());
            await storm.Recovers(Stopwatch.GetTimestamp(), supervised: true);
        });
    }
}
