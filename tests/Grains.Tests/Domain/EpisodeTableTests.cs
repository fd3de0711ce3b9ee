using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Xunit;
using static Incidents.TestKit.Alerts;

namespace Incidents.Grains.Tests.Domain;

/// <summary>Each row of the episode table about alerts, in its order.</summary>
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
}
