using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>What time alone changes, found by the real sweep.</summary>
public sealed class DueFlowTests
{
    private static readonly TimeSpan SweptWithin = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_test_ends_after_ten_minutes_and_a_silent_incident_after_nine_hours()
    {
        var (cancel, clock) = (TestContext.Current.CancellationToken, new MovableClock());
        await using var system = await IncidentsSystem.Start(
            new() { Clock = clock, Silo = new Dictionary<string, string> { ["Due:Every"] = "00:00:01" } }, cancel);
        var test = await system.Accept("grafana/09_test_notification.json", Vary.NewName());
        var silent = await system.Accept("grafana/01_single_firing.json", Vary.NewName());

        clock.Advance(TimeSpan.FromMinutes(10));
        await Becomes("resolved/test/1", system, test.Keys.Single());
        Assert.Equal(["active//1"], await Episodes.Of(system, silent.Keys.Single()));

        clock.Advance(TimeSpan.FromHours(9));
        await Becomes("resolved/stale/1", system, silent.Keys.Single());
        Assert.Equal(0, await system.Database.Read<int>("SELECT COUNT(*) FROM incidents WHERE due_at IS NOT NULL"));
    }

    private static Task Becomes(string state, IncidentsSystem system, string key) => Eventually.Holds(
        $"the incident is {state}",
        async () => (await Episodes.Of(system, key)).SequenceEqual([state]),
        SweptWithin,
        TestContext.Current.CancellationToken,
        () => system.Log);
}
