using Incidents.TestKit;

namespace Incidents.Benchmarks.Slack;

/// <summary>A channel that has nothing to do with the storm: an incident every 5 s, and how long its card takes.</summary>
internal static class Bystander
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Until it is told to end; then once the last card is there.</summary>
    public static async Task<Delays> Watch(ToldService service, CancellationToken end)
    {
        var opened = new List<(string Incident, DateTimeOffset Sent)>();
        using var timer = new PeriodicTimer(Every);
        do
        {
            opened.Add(await service.Open($"beside-{opened.Count}", "info", CancellationToken.None));
            await Task.WhenAny(timer.WaitForNextTickAsync(end).AsTask());
        }
        while (!end.IsCancellationRequested);
        await Eventually.Holds(
            "the last card of the other channel is there",
            () => Task.FromResult(service.CardsOf(opened[^1].Incident).Count > 0),
            Patience,
            CancellationToken.None);
        var cards = service.Cards();
        return new(opened.Select(one => cards[one.Incident].First().Versions[0].At - one.Sent));
    }
}
