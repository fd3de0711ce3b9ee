using Incidents.TestKit;
using Incidents.TestKit.Load;

namespace Incidents.Benchmarks.Slack;

/// <summary>10,000 alerts of 500 incidents in 60 s, a tenth of them critical and in a channel of their own, while people
/// acknowledge and resolve, and while a third channel has an incident every 5 s.</summary>
internal static class ManyKeys
{
    private const int Alerts = 10_000;
    private const int Keys = 500;
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CriticalWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AllWithin = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public static async Task<IReadOnlyList<Figure>> Measure(ToldService service, CancellationToken cancel)
    {
        var over = service.OverLimit;
        var mix = new Mix { Keys = Keys, Resolved = 0, Critical = 0.1 };
        var plan = new StormPlan("manykeys", 1, mix, Alerts / Lasts.TotalSeconds, ToldService.Now);
        using var told = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var (people, beside) = (People.Act(service, $"storm-{plan.Run}", cancel), Bystander.Watch(service, told.Token));
        var tally = await service.Send(plan, Lasts, cancel);
        var commands = await people;
        await Eventually.Holds(
            "all is told",
            async () => (long)(await service.Rows(
                "SELECT COUNT(*) FROM notifications n JOIN incidents i USING (incident_id) WHERE n.state <> 'sent' AND i.cluster = ?",
                $"storm-{plan.Run}",
                cancel))[0][0] == 0,
            Patience,
            cancel);
        await told.CancelAsync();
        var delays = await beside;

        var incidents = await ToldIncident.All(service, $"storm-{plan.Run}", cancel);
        var cards = incidents.Where(static one => one.Card is not null).ToList();
        var critical = incidents.FindAll(static one => one.Severity == "critical");
        return
        [
            Figure.None("webhooks refused, unanswered or never sent", tally.Refused + tally.Unanswered + tally.NeverStarted),
            Figure.Told("alerts, incidents, of these critical", $"{Figure.Of(tally.Alerts)}, {incidents.Count}, {critical.Count}"),
            Figure.AtMost("the critical one that waited longest for its card", CriticalWithin, critical.Max(static one => one.Waited ?? TimeSpan.MaxValue)),
            Figure.None("incidents without a card, or with several", incidents.Count - cards.Count),
            Figure.AtMost("all had their card after the storm began", AllWithin, cards.Max(one => one.Card!.Versions[0].At) - plan.Begun),
            Figure.Told("acknowledged, resolved meanwhile", $"{commands.Acknowledged}, {commands.Resolved}"),
            Figure.None("cards whose states went back, or that show another one than the incident has", incidents.Count(static one => !one.IsInOrder)),
            Figure.None("calls over Slack's limits", service.OverLimit - over),
            new($"another channel's p99, of {delays.Count} incidents", "< 3 s", Figure.Of(delays.Quantile(0.99)), delays.Quantile(0.99) < TimeSpan.FromSeconds(3)),
            Figure.Told("its median, its longest", $"{Figure.Of(delays.Quantile(0.5))}, {Figure.Of(delays.Longest)}"),
        ];
    }
}
