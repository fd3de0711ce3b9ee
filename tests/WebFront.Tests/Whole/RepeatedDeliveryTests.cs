using Incidents.Grains.Interfaces;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>Through the grain: over HTTP each request is a delivery of its own.</summary>
public sealed class RepeatedDeliveryTests(SharedSystem shared)
{
    [Fact]
    public async Task Two_copies_at_once_are_stored_once_and_get_one_answer()
    {
        var (system, batch) = (await shared.Get(), Batch());
        var grain = Grain(system, batch);

        var answers = await Task.WhenAll(grain.Observe(batch), grain.Observe(batch with { Attempt = 2 }));

        Assert.All(answers, static answer => Assert.Equal(ObserveStatus.Done, answer.Status));
        Assert.Equal(answers[0].Alerts, answers[1].Alerts);
        Assert.Equal(2, await Rows(system, batch));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_later_copy_is_told_where_the_first_went(int attempt)
    {
        var (system, batch) = (await shared.Get(), Batch());
        var grain = Grain(system, batch);
        var first = await grain.Observe(batch);

        var again = await grain.Observe(batch with { Attempt = attempt });

        Assert.Equal([AlertFate.Stored, AlertFate.Stored], first.Alerts.Select(static alert => alert.Fate));
        Assert.Equal([AlertFate.Duplicate, AlertFate.Duplicate], again.Alerts.Select(static alert => alert.Fate));
        Assert.Equal(first.Alerts.Select(static alert => alert.IncidentId), again.Alerts.Select(static alert => alert.IncidentId));
        Assert.Equal(2, await Rows(system, batch));
    }

    [Fact]
    public async Task A_long_delivery_is_looked_up_portion_by_portion()
    {
        var system = await shared.Get();
        const int Length = 3500; // more than three packets
        var batch = Batch(Enumerable.Range(0, Length).Select(static n => Alerts.Firing($"{n % 7}")).ToArray());
        var grain = Grain(system, batch);
        await grain.Observe(batch);

        var again = await grain.Observe(batch with { Attempt = 2 });

        Assert.Equal(Length, again.Alerts.Length);
        Assert.All(again.Alerts, static alert => Assert.Equal(AlertFate.Duplicate, alert.Fate));
        Assert.Equal(Length, await Rows(system, batch));
    }

    private static AlertBatch Batch(params Alert[] alerts) =>
        Alerts.Batch(TimeProvider.System.GetUtcNow(), alerts is [] ? [Alerts.Firing("a"), Alerts.Firing("b")] : alerts) with
        {
            Parts = Alerts.Parts with { Cluster = Vary.NewName() },
        };

    private static IIncidentKeyGrain Grain(IncidentsSystem system, AlertBatch batch) =>
        system.Grains.GetGrain<IIncidentKeyGrain>(IncidentKey.Of(batch.Parts).Value);

    private static Task<int> Rows(IncidentsSystem system, AlertBatch batch) => system.Database.Read<int>(
        "SELECT COUNT(*) FROM grafana_alerts WHERE incident_key = ?", IncidentKey.Of(batch.Parts).Value);
}
