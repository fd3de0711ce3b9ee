using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;
using Incidents.TestKit.Load;

namespace Incidents.Benchmarks.Slack;

/// <summary>10,000 alerts of one incident in 30 s: one message, and it counts them all.</summary>
internal static class OneKey
{
    private const int Alerts = 10_000;
    private static readonly TimeSpan Lasts = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<Figure>> Measure(ToldService service, CancellationToken cancel)
    {
        var over = service.OverLimit;
        var plan = new StormPlan("onekey", 1, new() { Keys = 1, SeriesPerKey = 100, Resolved = 0, Critical = 0 }, Alerts / Lasts.TotalSeconds, ToldService.Now);
        var tally = await service.Send(plan, Lasts, cancel);
        var ended = ToldService.Now;

        var incidents = await service.Rows("SELECT incident_id FROM incidents WHERE cluster = ?", $"storm-{plan.Run}", cancel);
        var (incident, count) = ((string)incidents[0][0], $"{Figure.Of(tally.Alerts)} alerts");
        await Eventually.Holds(
            "the card shows the final count", () => Task.FromResult(service.CardsOf(incident) is [var one, ..] && Shows(one.Now, count)), Patience, cancel);
        await Eventually.Holds("nothing more comes", () => Task.FromResult(ToldService.Now - Edits(service, incident)[^1] > AtMostEvery * 5), Patience, cancel);

        var (cards, edits) = (incidents.Sum(one => service.CardsOf((string)one[0]).Count), Edits(service, incident));
        var card = service.CardsOf(incident)[0];
        var closest = edits.Zip(edits.Skip(1), static (one, next) => next - one).DefaultIfEmpty(AtMostEvery).Min();
        return
        [
            new($"messages for {Figure.Of(tally.Alerts)} alerts", "1", Figure.Of(cards), cards == 1),
            Figure.Told("edits", Figure.Of(edits.Count)),
            new("two edits are apart at least", $"≥ {Figure.Of(AtMostEvery)}", Figure.Of(closest), closest >= AtMostEvery),
            new("the last edit shows", count, Shows(card.Now, count) ? count : "another count", Shows(card.Now, count)),
            Figure.Told("first shown after the last answer to a webhook", Figure.Of(card.Versions.Find(version => Shows(version, count))!.At - ended)),
            Figure.None("webhooks refused, unanswered or never sent", tally.Refused + tally.Unanswered + tally.NeverStarted),
            Figure.None("calls over Slack's limits", service.OverLimit - over),
        ];
    }

    private static bool Shows(FakeVersion version, string text) => version.Content.ToJsonString().Contains(text, StringComparison.Ordinal);

    private static List<DateTimeOffset> Edits(ToldService service, string incident) =>
        [.. service.Workspace.Calls.Where(call => call.Method == SlackMethods.Update && call.IncidentId == incident).Select(static call => call.At)];
}
