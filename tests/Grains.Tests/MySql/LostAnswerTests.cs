using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Grains.Tests.MySql;

/// <summary>The answer to COMMIT is lost: the write is stored, and nobody was told.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private static readonly IncidentKey Key = IncidentKey.Of(Alerts.Parts);

    private TestDatabase _database = null!;
    private CutProxy _proxy = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create();
        _proxy = new(_database.Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_is_found_stored()
    {
        await using var owner = await Through(_proxy);
        _proxy.CutNext(1);

        var result = (await owner.Observe(Batch("a", "b"))).Alerts;

        Assert.Equal(1, _proxy.Cuts);
        var incident = await _database.Read<string>("SELECT incident_id FROM incidents");
        Assert.All(result, alert => Assert.Equal(
            (AlertFate.Duplicate, incident, false, 2L, IncidentStatus.Active),
            (alert.Fate, alert.IncidentId?.Value, alert.IsNewIncident, alert.AlertCount, alert.Status)));
        Assert.Equal(2, await _database.Read<int>("SELECT COUNT(*) FROM grafana_alerts"));
        await Audit.IsSound(_database);
    }

    [Fact]
    public async Task What_came_meanwhile_is_stored_upon_what_was_found()
    {
        await using var owner = await Through(_proxy);
        await owner.Observe(Batch("a"));
        _proxy.CutNext(1);

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => owner.Observe(Batch($"series-{i}"))));

        Assert.Equal(1, _proxy.Cuts);
        Assert.Equal(51, await _database.Read<int>("SELECT alert_count FROM incidents"));
        Assert.Contains(all, static result => result.Alerts[0].Fate == AlertFate.Duplicate);
        Assert.Equal(51, (await owner.Load(Key)).Last!.FiringCount);
        await Audit.IsSound(_database);
    }

    [Fact]
    public async Task A_command_whose_answer_is_lost_is_carried_out_once_and_gets_its_first_answer()
    {
        await using var owner = await Through(_proxy);
        var incident = (await owner.Observe(Batch("a"))).Alerts[0].IncidentId!.Value;
        var command = Acknowledge(incident);
        _proxy.CutNext(1);

        var first = await owner.Command(command);
        var again = await owner.Command(command);

        Assert.Equal(1, _proxy.Cuts);
        Assert.Equal(
            (CommandOutcome.Repeated, IncidentStatus.Acknowledged, 2),
            (first.Outcome, first.Current!.Status, first.Current.Revision));
        Assert.Equal(first, again);
        Assert.Equal(1, await _database.Read<int>("SELECT COUNT(*) FROM incident_events WHERE kind = 'acknowledged'"));
    }

    [Fact]
    public async Task The_same_command_pressed_twice_at_once_is_carried_out_once()
    {
        await using var owner = await Through(_proxy);
        var command = Acknowledge((await owner.Observe(Batch("a"))).Alerts[0].IncidentId!.Value);

        var both = await Task.WhenAll(owner.Command(command), owner.Command(command));

        Assert.Equal([CommandOutcome.Done, CommandOutcome.Repeated], both.Select(static one => one.Outcome));
        Assert.Equal(both[0].Current, both[1].Current);
    }

    [Fact]
    public async Task Under_rivals_that_all_try_the_same_write_and_all_lose_answers_it_is_stored_once()
    {
        var rivals = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Through(_proxy)));
        var batches = Enumerable.Range(0, 40).Select(static i => Batch($"series-{i % 8}")).ToList();
        var results = new List<ObserveResult>();

        foreach (var few in batches.Chunk(4))
        {
            _proxy.CutNext(2);
            results.AddRange(await Task.WhenAll(few.SelectMany(batch =>
                rivals.Select((rival, place) => rival.Observe(batch with { Attempt = place + 1 })))));
        }

        var commands = results.Select(static r => r.Alerts[0].IncidentId!.Value).Distinct().Select(Acknowledge).ToList();
        _proxy.CutNext(2);
        var outcomes = await Task.WhenAll(commands.SelectMany(one => rivals.Select(rival => rival.Command(one))));

        Assert.True(_proxy.Cuts >= 10, $"only {_proxy.Cuts} answers were lost");
        await Audit.AllStoredOnce(_database, [.. batches.Select(static batch => (batch.DeliveryId, 0))]);
        Assert.True(results.Count(static result => result.Alerts[0].IsNewIncident) <= 1);
        Assert.All(outcomes, static one => Assert.Contains(one.Outcome, new[] { CommandOutcome.Done, CommandOutcome.Repeated }));
        Assert.Equal(commands.Count, await _database.Read<int>("SELECT COUNT(*) FROM incident_events WHERE kind = 'acknowledged'"));
        await Audit.IsSound(_database);
        await Task.WhenAll(rivals.Select(static rival => rival.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_write_killed_before_its_commit_is_stored_once_when_it_may_be()
    {
        await using var owner = await Through(_proxy);
        var incident = (await owner.Observe(Batch("a"))).Alerts[0].IncidentId!.Value.Value;
        Task<ObserveResult> writing;
        await using (await HeldRows.Of(_database, "incident_instances", "incident_id", incident))
        {
            writing = owner.Observe(Batch("a") with { Alerts = [Alerts.Resolved("a")] });
            await Within.Deadline("the packet waits for the held instance and is killed", KillWaiting);
            Assert.False(writing.IsCompleted);
        }

        var result = await Within.Deadline("the alert is stored after the row was let go", writing);

        Assert.Equal(AlertFate.Stored, result.Alerts[0].Fate);
        Assert.Equal(2, await _database.Read<int>("SELECT COUNT(*) FROM grafana_alerts"));
        await Audit.IsSound(_database);
    }

    private async Task<bool> KillWaiting()
    {
        var waiting = (await _database.Connections()).FindAll(
            static one => one.Statement.Contains("INSERT INTO incident_instances", StringComparison.Ordinal));
        if (waiting.Count > 0)
        {
            await _database.Execute($"KILL {waiting[0].Id}");
        }

        return waiting.Count > 0;
    }

    private static AlertBatch Batch(params string[] fingerprints)
    {
        var now = TimeProvider.System.GetUtcNow();
        return Alerts.Batch(now, [.. fingerprints.Select(f => Alerts.Firing(f, now))]);
    }

    private static IncidentCommand Acknowledge(IncidentId incident)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new()
        {
            CommandId = Guid.CreateVersion7(now),
            Kind = CommandKind.Acknowledge,
            IncidentId = incident,
            Actor = "mina",
            Deadline = now + TimeSpan.FromSeconds(25),
        };
    }

    private Task<Rival> Through(CutProxy proxy) => Rival.Started(_database.ConnectionStringThrough(proxy.Port));
}
