using Incidents.TestKit;

namespace Incidents.Benchmarks.Slack;

/// <summary>From the webhook until the card is there, in a channel that is idle.</summary>
internal static class FirstCard
{
    private const int Times = 30;
    private static readonly TimeSpan Target = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A channel takes a message a second.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Figure>> Measure(ToldService service, CancellationToken cancel)
    {
        var over = service.OverLimit;
        var first = await Once(service, "very-first", cancel);
        var delays = new List<TimeSpan>();
        for (var time = 0; time < Times; time++)
        {
            await Task.Delay(Idle, TimeProvider.System, cancel);
            delays.Add(await Once(service, $"first-{time}", cancel));
        }

        var all = new Delays(delays);
        return
        [
            Figure.AtMost($"webhook to card, the longest of {Times}", Target, all.Longest),
            Figure.Told("p95", Figure.Of(all.Quantile(0.95))),
            Figure.Told("median", Figure.Of(all.Quantile(0.5))),
            Figure.Told("the very first one after the start, not among them", Figure.Of(first)),
            Figure.None("calls over Slack's limits", service.OverLimit - over),
        ];
    }

    private static async Task<TimeSpan> Once(ToldService service, string key, CancellationToken cancel)
    {
        var (incident, sent) = await service.Open(key, "warning", cancel);
        await Eventually.Holds("the card is there", () => Task.FromResult(service.CardsOf(incident).Count > 0), Patience, cancel);
        return service.CardsOf(incident)[0].Versions[0].At - sent;
    }
}
