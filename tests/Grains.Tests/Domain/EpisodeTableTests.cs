using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Xunit;
using static Incidents.TestKit.Alerts;

namespace Incidents.Grains.Tests.Domain;

/// <summary>Each row of the episode table, in its order.</summary>
public sealed class EpisodeTableTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void A_firing_alert_of_an_unknown_key_opens_an_incident()
    {
        var row = _scene.Fire(severity: "warning");

        Assert.Equal((AlertReason.New, true), (row.Reason, row.IsNew));
        Assert.Equal((IncidentStatus.Active, "warning", 1), (_scene.Last.Status, _scene.Last.Severity, _scene.Last.Revision));
        Assert.Equal($"INC-20261123120000-{IncidentKey.Of(Alerts.Parts)}", _scene.Last.Id.Value);
    }

    [Fact]
    public void A_series_that_fires_anew_after_the_end_opens_the_next_incident()
    {
        _scene.Fire();
        _scene.Now += TimeSpan.FromMinutes(5);
        _scene.End();
        var first = _scene.Last.Id;
        _scene.Now += TimeSpan.FromMinutes(5);

        var row = _scene.Fire(startsAt: _scene.Now);

        Assert.Equal((AlertReason.New, true), (row.Reason, row.IsNew));
        Assert.NotEqual(first, row.IncidentId);
    }

    [Fact]
    public void Another_series_joins_the_open_incident()
    {
        var first = _scene.Fire("a", severity: "warning");
        var second = _scene.Fire("b", severity: "critical");

        Assert.Equal((AlertReason.Joined, false), (second.Reason, second.IsNew));
        Assert.Equal(first.IncidentId, second.IncidentId);
        Assert.Equal((2, "critical", "critical"), (_scene.Last.FiringCount, _scene.Last.Severity, _scene.Last.PeakSeverity));
        Assert.Equal(2, _scene.Last.Revision);
    }

    [Fact]
    public void Severity_is_the_highest_that_still_fires_and_the_peak_is_kept()
    {
        _scene.Fire("a", severity: "critical");
        _scene.Fire("b", severity: "warning");
        _scene.Now += TimeSpan.FromMinutes(1);

        _scene.End("a");

        Assert.Equal(("warning", "critical"), (_scene.Last.Severity, _scene.Last.PeakSeverity));
    }

    [Fact]
    public void The_same_firing_again_changes_nothing_but_the_count()
    {
        _scene.Fire();
        var before = _scene.Last;

        var row = _scene.Fire();

        Assert.Equal(AlertReason.Repeated, row.Reason);
        Assert.Equal(before with { AlertsReceived = 2 }, _scene.Last);
    }

    [Fact]
    public void A_firing_that_is_known_to_have_ended_does_not_reopen()
    {
        _scene.Fire();
        _scene.Now += TimeSpan.FromMinutes(5);
        var closed = _scene.End().IncidentId;

        var row = _scene.Fire();

        Assert.Equal((AlertReason.OutOfOrder, closed), (row.Reason, row.IncidentId));
        Assert.False(_scene.Last.IsOpen);
    }

    [Fact]
    public void A_resolved_that_overtakes_its_firing_keeps_the_incident_shut()
    {
        _scene.End(endsAt: Noon);

        var row = _scene.Fire(startsAt: Noon - TimeSpan.FromMinutes(3));

        Assert.Equal(AlertReason.OutOfOrder, row.Reason);
        Assert.Equal(Resolution.NeverOpened, _scene.Last.Closed!.Resolution);
    }

    [Theory]
    [InlineData(29, AlertReason.StillFiring, false)]
    [InlineData(30, AlertReason.StillFiring, true)]
    public void What_still_fires_after_a_person_resolved_opens_only_after_the_hold(int minutes, AlertReason reason, bool opens)
    {
        _scene.Fire();
        _scene.Command(CommandKind.Resolve);
        _scene.Now += TimeSpan.FromMinutes(minutes);

        var row = _scene.Fire();

        Assert.Equal((reason, opens), (row.Reason, row.IsNew));
        Assert.Equal(opens ? 1 : 1, _scene.Last.FiringCount);
        Assert.Equal(opens, _scene.Last.IsOpen);
    }

    [Fact]
    public void A_new_firing_after_a_person_resolved_opens_at_once()
    {
        _scene.Fire();
        _scene.Command(CommandKind.Resolve);
        _scene.Now += TimeSpan.FromMinutes(1);

        Assert.Equal((AlertReason.New, true), _scene.Fire(startsAt: _scene.Now) is var row ? (row.Reason, row.IsNew) : default);
    }

    [Fact]
    public void One_of_two_series_ends_and_the_incident_stays_open()
    {
        _scene.Fire("a");
        _scene.Fire("b");
        _scene.Now += TimeSpan.FromMinutes(1);

        Assert.Equal(AlertReason.Ended, _scene.End("a").Reason);
        Assert.Equal((true, 1), (_scene.Last.IsOpen, _scene.Last.FiringCount));
    }

    [Fact]
    public void The_last_series_ends_and_the_incident_resolves()
    {
        _scene.Fire();
        _scene.Command(CommandKind.Acknowledge);
        _scene.Now += TimeSpan.FromMinutes(1);

        var row = _scene.End();

        Assert.Equal(AlertReason.AutoResolved, row.Reason);
        Assert.Equal((IncidentStatus.Resolved, Resolution.Auto), (_scene.Last.Status, _scene.Last.Closed!.Resolution));
    }

    [Fact]
    public void Without_auto_resolve_the_incident_waits_for_a_person()
    {
        var scene = new Scene(new() { AutoResolve = false });
        scene.Fire();

        Assert.Equal(AlertReason.Ended, scene.End().Reason);
        Assert.True(scene.Last.IsOpen);
    }

    [Fact]
    public void A_resolved_of_an_unknown_series_is_stored_and_changes_nothing_else()
    {
        _scene.Fire("a");

        var row = _scene.End("b");

        Assert.Equal((AlertReason.Late, true), (row.Reason, _scene.Last.IsOpen));
        Assert.Equal(AlertReason.OutOfOrder, _scene.Fire("b").Reason);
    }

    [Fact]
    public void A_resolved_of_an_unknown_key_is_an_incident_born_resolved()
    {
        var row = _scene.End();

        Assert.Equal((AlertReason.NeverOpened, true), (row.Reason, row.IsNew));
        Assert.Equal((IncidentStatus.Resolved, Resolution.NeverOpened), (_scene.Last.Status, _scene.Last.Closed!.Resolution));
    }

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
