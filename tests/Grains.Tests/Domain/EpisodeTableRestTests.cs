using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Xunit;
using static Incidents.TestKit.Alerts;

namespace Incidents.Grains.Tests.Domain;

/// <summary>The rows of the episode table about time, tests, limits and people, in its order.</summary>
public sealed class EpisodeTableRestTests
{
    private readonly Scene _scene = new();

    [Theory]
    [InlineData(9 * 60 - 1, true)]
    [InlineData(9 * 60, false)]
    public void An_incident_of_which_nothing_is_heard_resolves_as_stale(int minutes, bool open)
    {
        _scene.Fire();
        _scene.Now += TimeSpan.FromMinutes(minutes);

        _scene.Review();

        Assert.Equal(open, _scene.Last.IsOpen);
        Assert.Equal(open ? null : Resolution.Stale, _scene.Last.Closed?.Resolution);
    }

    [Fact]
    public void Staleness_can_be_off()
    {
        var scene = new Scene(new() { StaleAfter = TimeSpan.Zero });
        scene.Fire();
        scene.Now += TimeSpan.FromDays(300);

        scene.Review();

        Assert.True(scene.Last.IsOpen);
        Assert.Null(scene.Last.DueAt(scene.Options));
    }

    [Fact]
    public void A_test_notification_is_an_incident_that_ends_by_itself()
    {
        var row = _scene.Receive(Batch(Noon, Firing()) with { IsTest = true })[0];
        Assert.Equal((AlertReason.Test, true, true), (row.Reason, row.IsNew, _scene.Last.IsTest));

        _scene.Now += TimeSpan.FromMinutes(10);
        _scene.Review();

        Assert.Equal(Resolution.Test, _scene.Last.Closed!.Resolution);
    }

    [Fact]
    public void A_real_alert_never_hides_in_a_test()
    {
        var test = _scene.Receive(Batch(Noon, Firing()) with { IsTest = true })[0].IncidentId;

        var row = _scene.Fire("b");

        Assert.Equal((AlertReason.New, true), (row.Reason, row.IsNew));
        Assert.NotEqual(test, row.IncidentId);
        Assert.Equal(Resolution.Test, _scene.Episodes.Single(one => one.Id == test).Closed!.Resolution);
    }

    [Fact]
    public void A_test_never_touches_a_real_incident()
    {
        _scene.Fire();
        var before = _scene.Last;

        var row = _scene.Receive(Batch(Noon, Firing("t")) with { IsTest = true })[0];

        Assert.Equal(AlertReason.Test, row.Reason);
        Assert.Equal(before with { AlertsReceived = 2 }, _scene.Last);
    }

    [Fact]
    public void Series_beyond_the_limit_are_stored_and_keep_the_incident_open_until_a_whole_quiet_delivery()
    {
        var scene = new Scene(new() { MaxInstances = 2 });
        scene.Fire("a");
        scene.Fire("b");
        Assert.Equal(AlertReason.InstancesCapped, scene.Fire("c").Reason);

        scene.Now += TimeSpan.FromMinutes(1);
        scene.Receive(Batch(scene.Now, Resolved("a", endsAt: scene.Now), Resolved("b", endsAt: scene.Now), Firing("c")));
        Assert.True(scene.Last.IsOpen);
        Assert.Contains(scene.Timeline, static e => e is { Kind: TimelineKind.Incomplete, Reason: "instances_capped" });

        scene.Now += TimeSpan.FromMinutes(1);
        scene.End("c");
        Assert.Equal(Resolution.Auto, scene.Last.Closed!.Resolution);
    }

    [Fact]
    public void A_truncated_delivery_keeps_the_incident_open_until_a_whole_one_of_its_group()
    {
        _scene.Receive(Batch(Noon, Firing("a")) with { Truncated = true });
        _scene.Now += TimeSpan.FromMinutes(1);
        _scene.Receive(Batch(_scene.Now, Resolved("a", endsAt: _scene.Now)) with { Truncated = true });
        Assert.True(_scene.Last.IsOpen);

        _scene.Receive(Batch(_scene.Now, Resolved("a", endsAt: _scene.Now)) with { Group = "00000000000000bb" });
        Assert.True(_scene.Last.IsOpen);

        var row = _scene.Receive(Batch(_scene.Now, Resolved("a", endsAt: _scene.Now)))[0];
        Assert.Equal((AlertReason.AutoResolved, Resolution.Auto), (row.Reason, _scene.Last.Closed!.Resolution));
    }

    [Fact]
    public void A_command_on_a_resolved_incident_is_refused()
    {
        _scene.Fire();
        _scene.End();
        var before = _scene.State;

        Assert.Equal(CommandOutcome.AlreadyResolved, _scene.Command(CommandKind.Acknowledge));
        Assert.Equal(CommandOutcome.AlreadyResolved, _scene.Command(CommandKind.Resolve));
        Assert.Equal(before, _scene.State);
    }

    [Fact]
    public void A_command_upon_a_state_that_has_changed_is_refused()
    {
        _scene.Fire("a", severity: "warning");
        _scene.Fire("b", severity: "critical");
        var before = _scene.State;

        Assert.Equal(CommandOutcome.StaleRevision, _scene.Command(CommandKind.Resolve, revision: 1));
        Assert.Equal(before, _scene.State);
        Assert.Equal(CommandOutcome.Done, _scene.Command(CommandKind.Resolve, revision: 2));
    }

    [Fact]
    public void A_command_upon_an_earlier_incident_is_not_current()
    {
        var first = _scene.Fire().IncidentId;
        _scene.Command(CommandKind.Resolve);
        _scene.Now += TimeSpan.FromHours(1);
        _scene.Fire(startsAt: _scene.Now);

        Assert.Equal(CommandOutcome.NotCurrent, _scene.Command(CommandKind.Acknowledge, incident: first));
    }
}
