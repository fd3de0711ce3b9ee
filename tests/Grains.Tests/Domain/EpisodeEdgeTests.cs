using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Xunit;
using static Incidents.TestKit.Alerts;

namespace Incidents.Grains.Tests.Domain;

/// <summary>What the table does not say in a row of its own.</summary>
public sealed class EpisodeEdgeTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void A_late_duplicate_of_an_earlier_end_does_not_end_the_new_firing()
    {
        _scene.Fire("a");
        _scene.Fire("b");
        _scene.Now += TimeSpan.FromMinutes(5);
        var ended = _scene.Now;
        _scene.End("a", endsAt: ended);
        _scene.Now += TimeSpan.FromMinutes(5);
        _scene.Fire("a", startsAt: _scene.Now);

        Assert.Equal(AlertReason.OutOfOrder, _scene.End("a", endsAt: ended).Reason);
        Assert.Equal(2, _scene.Last.FiringCount);
    }

    [Fact]
    public void A_resolved_whose_start_was_forgotten_by_its_sender_still_ends_the_series()
    {
        _scene.Fire();
        _scene.Now += TimeSpan.FromMinutes(5);

        Assert.Equal(AlertReason.AutoResolved, _scene.End(startsAt: _scene.Now, endsAt: _scene.Now).Reason);
    }

    [Fact]
    public void An_end_in_the_far_future_does_not_silence_the_series()
    {
        _scene.Fire();
        _scene.Now += TimeSpan.FromMinutes(5);
        _scene.End(endsAt: Noon.AddYears(900));
        _scene.Now += TimeSpan.FromMinutes(5);

        Assert.Equal(AlertReason.New, _scene.Fire(startsAt: _scene.Now).Reason);
    }

    [Fact]
    public void A_start_in_the_far_future_counts_as_the_receipt()
    {
        var future = Noon.AddYears(900);
        Assert.Equal((AlertReason.New, Noon), (_scene.Fire(startsAt: future).Reason, _scene.Last.Instances.Single().Value.StartsAt));
        _scene.Now += TimeSpan.FromMinutes(5);
        Assert.Equal(AlertReason.Repeated, _scene.Fire(startsAt: future).Reason);
        Assert.Equal(AlertReason.AutoResolved, _scene.End(startsAt: future, endsAt: _scene.Now).Reason);
        _scene.Now += TimeSpan.FromMinutes(5);

        Assert.Equal(AlertReason.New, _scene.Fire(startsAt: _scene.Now).Reason);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(61)]
    public void A_clock_that_is_an_hour_ahead_is_believed_and_one_further_ahead_is_not(int minutes)
    {
        var sent = Noon.AddMinutes(minutes);
        var stored = _scene.Fire(startsAt: sent);

        Assert.Equal(minutes <= 60 ? sent : Noon, stored.Sighting.StartsAt);
    }

    [Theory]
    [InlineData(-48, -24)]
    [InlineData(-2, -2)]
    [InlineData(5, 0)]
    public void The_start_time_lies_between_a_day_before_and_the_receipt(int sentHours, int storedHours)
    {
        _scene.Fire(startsAt: Noon.AddHours(sentHours));

        Assert.Equal(Noon.AddHours(storedHours), _scene.Last.StartTime);
    }

    [Fact]
    public void Ids_rise_within_one_second_and_when_the_clock_jumps_back()
    {
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add(_scene.Fire("f" + i).IncidentId.Value);
            _scene.Command(CommandKind.Resolve);
            _scene.Now -= TimeSpan.FromMinutes(1);
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public void What_fires_on_after_it_went_stale_opens_again_at_once()
    {
        _scene.Fire();
        _scene.Now += TimeSpan.FromHours(9);
        _scene.Review();

        Assert.Equal((AlertReason.New, true), _scene.Fire() is var row ? (row.Reason, row.IsNew) : default);
    }

    [Fact]
    public void Too_many_incomplete_groups_keep_the_incident_open_for_good()
    {
        for (var i = 0; i < 20; i++)
        {
            _scene.Receive(Batch(Noon, Firing()) with { Truncated = true, Group = $"{i:x16}" });
        }

        for (var i = 0; i < 20; i++)
        {
            _scene.Receive(Batch(Noon, Resolved(endsAt: Noon)) with { Group = $"{i:x16}" });
        }

        Assert.True(_scene.Last.IsOpen);
        Assert.Equal(CommandOutcome.Done, _scene.Command(CommandKind.Resolve));
    }

    [Fact]
    public void Acknowledging_twice_and_taking_it_back_twice_are_refused()
    {
        _scene.Fire();

        Assert.Equal(CommandOutcome.AlreadySo, _scene.Command(CommandKind.Unacknowledge));
        Assert.Equal(CommandOutcome.Done, _scene.Command(CommandKind.Acknowledge));
        Assert.Equal(CommandOutcome.AlreadySo, _scene.Command(CommandKind.Acknowledge));
        Assert.Equal((IncidentStatus.Acknowledged, "mina", 2), (_scene.Last.Status, _scene.Last.Acknowledged!.By, _scene.Last.Revision));
        Assert.Equal(CommandOutcome.Done, _scene.Command(CommandKind.Unacknowledge));
        Assert.Null(_scene.Last.Acknowledged);
    }

    [Fact]
    public void Without_a_start_a_repeated_firing_is_the_same_one_and_is_held_after_a_person_resolved()
    {
        AlertReason Repeat() => _scene.Receive(Firing() with { StartsAt = null }).Reason;

        Repeat();
        _scene.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(AlertReason.Repeated, Repeat());

        _scene.Command(CommandKind.Resolve);
        _scene.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(AlertReason.StillFiring, Repeat());
        Assert.False(_scene.Last.IsOpen);
    }

    [Fact]
    public void An_unlisted_severity_counts_as_unknown()
    {
        _scene.Fire("a", severity: "catastrophic");
        _scene.Fire("b", severity: "WARNING");

        Assert.Equal("warning", _scene.Last.Severity);
    }

    [Fact]
    public void The_last_seen_time_moves_in_steps_of_five_seconds()
    {
        _scene.Fire();
        _scene.Now += TimeSpan.FromMilliseconds(4_900);
        _scene.Fire();
        Assert.Equal(Noon, _scene.Last.LastSeenAt);

        _scene.Now += TimeSpan.FromMilliseconds(100);
        _scene.Fire();
        Assert.Equal(_scene.Now, _scene.Last.LastSeenAt);
    }

    [Fact]
    public void When_the_series_beyond_the_limit_are_over_the_severity_is_that_of_the_others()
    {
        var scene = new Scene(new() { MaxInstances = 1 });
        scene.Fire("a", severity: "warning");
        scene.Receive(Batch(Noon, Firing("b", severity: "critical")) with { Group = "00000000000000bb" });
        Assert.Equal("critical", scene.Last.Severity);

        scene.Receive(Batch(Noon, Resolved("b", endsAt: Noon)) with { Group = "00000000000000bb" });

        Assert.Equal(("warning", "critical", true), (scene.Last.Severity, scene.Last.PeakSeverity, scene.Last.IsOpen));
    }

    [Fact]
    public void An_old_end_that_closes_the_incident_does_not_hide_the_later_one()
    {
        _scene.Receive(Batch(Noon, Firing("a")) with { Truncated = true });
        _scene.Now += TimeSpan.FromMinutes(10);
        _scene.Receive(Batch(_scene.Now, Resolved("a", endsAt: _scene.Now)) with { Truncated = true });
        Assert.Equal(AlertReason.AutoResolved, _scene.End("a", endsAt: Noon.AddMinutes(5)).Reason);

        Assert.Equal(AlertReason.OutOfOrder, _scene.Fire("a", startsAt: Noon.AddMinutes(7)).Reason);
    }

    [Fact]
    public void A_review_of_a_new_incident_does_not_rewrite_the_one_before()
    {
        _scene.Fire();
        _scene.End();
        _scene.Now += TimeSpan.FromMinutes(1);
        var draft = new KeyDraft(_scene.State, _scene.Now, _scene.Options);
        draft.Observe(Batch(_scene.Now), Firing(startsAt: _scene.Now), anyFiring: true);

        draft.Review();

        Assert.Null(draft.Finish().Updated);
    }
}
