using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Orleans.Core.Internal;
using Xunit;

namespace Incidents.Grains.Tests.Cluster;

/// <summary>One key through its grain, as WebFront and the sweep call it.</summary>
public sealed class KeyGrainTests : IAsyncLifetime
{
    private static readonly IncidentKey Key = IncidentKey.Of(Alerts.Parts);

    private TestDatabase _database = null!;
    private TwoSilos _silos = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create();
        _silos = await TwoSilos.Started(_database, ("Episodes:StaleAfter", "00:00:00.001"));
    }

    public async ValueTask DisposeAsync()
    {
        await _silos.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task An_incident_is_opened_acknowledged_and_ended_by_time()
    {
        var opened = (await _silos.Observe(Batch("a"))).Alerts[0];
        var acknowledged = await _silos.Grain(Key).Command(Command(CommandKind.Acknowledge, opened.IncidentId!.Value));
        await _silos.Grain(Key).Review();
        var refused = await _silos.Grain(Key).Command(Command(CommandKind.Resolve, opened.IncidentId.Value));

        Assert.Equal((AlertFate.Stored, true, 1L), (opened.Fate, opened.IsNewIncident, opened.AlertCount));
        Assert.Equal(
            (CommandOutcome.Done, IncidentStatus.Acknowledged), (acknowledged.Outcome, acknowledged.Current!.Status));
        Assert.Equal(
            (CommandOutcome.AlreadyResolved, Resolution.Stale), (refused.Outcome, refused.Current!.Resolution));
        Assert.Equal("stale", await _database.Read<string>("SELECT resolution FROM incidents"));
    }

    [Fact]
    public async Task A_grain_that_goes_away_amid_a_stream_knows_everything_when_it_is_back()
    {
        var grain = _silos.Grain(Key);
        var answers = new List<Task<ObserveResult>>();
        for (var i = 0; i < 60; i++)
        {
            answers.Add(_silos.Observe(Batch($"series-{i}")));
            if (i % 10 == 9)
            {
                await answers[i - 5];
                await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
            }
        }

        var results = await Within.Deadline("all are answered", Task.WhenAll(answers));

        Assert.Single(results, static result => result.Alerts[0].IsNewIncident);
        Assert.Single(results.Select(static result => result.Alerts[0].IncidentId).Distinct());
        Assert.Equal(60, await _database.Read<int>("SELECT firing_count FROM incidents"));
        Assert.Equal(60, results.Max(static result => result.Alerts[0].AlertCount));
        await Audit.IsSound(_database);
    }

    private static AlertBatch Batch(string fingerprint)
    {
        var now = TimeProvider.System.GetUtcNow();
        return Alerts.Batch(now, Alerts.Firing(fingerprint, now));
    }

    private static IncidentCommand Command(CommandKind kind, IncidentId incident)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new()
        {
            CommandId = Guid.CreateVersion7(now),
            Kind = kind,
            IncidentId = incident,
            Actor = "mina",
            Deadline = now + TimeSpan.FromSeconds(25),
        };
    }
}
