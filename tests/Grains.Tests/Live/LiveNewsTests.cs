using System.Collections.Frozen;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.Grains.Live;
using Incidents.Grains.Tests.Domain;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Grains.Tests.Live;

/// <summary>What a silo has to tell, and what it says when it cannot.</summary>
public sealed class LiveNewsTests
{
    private static readonly FrozenDictionary<IncidentId, long> NoCounts = FrozenDictionary<IncidentId, long>.Empty;

    private readonly Scene _scene = new();
    private readonly NewsBuffer _buffer = new(room: 3);

    [Fact]
    public void Of_each_incident_the_newest_is_told_once()
    {
        _buffer.Add(News(1, 'a'), isUrgent: true);
        _buffer.Add(News(3, 'a'), isUrgent: false);
        _buffer.Add(News(2, 'a'), isUrgent: false);
        _buffer.Add(News(1, 'b'), isUrgent: false);

        var (urgent, missed) = _buffer.Take(10, urgentOnly: true);

        Assert.Equal((3, null), (urgent.Single().Change, missed));
        Assert.False(_buffer.IsUrgent);
        Assert.Equal('b', _buffer.Take(10, urgentOnly: false).News.Single().Id.Value[^1]);
        Assert.True(_buffer.IsEmpty);
    }

    [Fact]
    public void What_finds_no_room_or_no_listener_is_missed_since_the_oldest_of_it()
    {
        foreach (var (key, second) in "abcdef".Select(static (key, second) => (key, second)))
        {
            _buffer.Add(News(1, key, second), isUrgent: true);
        }

        var (taken, missed) = _buffer.Take(2, urgentOnly: true);
        Assert.Equal((2, Alerts.Noon.AddSeconds(3)), (taken.Count, missed));

        _buffer.GiveUp(taken, missed);

        Assert.Equal((Alerts.Noon, 0), (_buffer.MissedSince, _buffer.Take(10, urgentOnly: false).News.Count));
    }

    [Fact]
    public void A_change_leaves_every_incident_that_it_writes_to()
    {
        _scene.Fire();
        var first = _scene.Last;
        _scene.Command(CommandKind.Resolve);
        _scene.Now += TimeSpan.FromHours(2);
        var draft = new KeyDraft(_scene.State, _scene.Now, _scene.Options);
        var batch = Alerts.Batch(_scene.Now, Alerts.Resolved("late", _scene.Now, _scene.Now), Alerts.Firing("b", _scene.Now));
        foreach (var alert in batch.Alerts)
        {
            draft.Observe(batch, alert, batch.AnyFiring);
        }

        var news = NewsOf.Change(draft.Finish(), NoCounts).ToList();

        Assert.Equal([(first.Id, IncidentStatus.Resolved, 2), (draft.Finish().After.Last!.Id, IncidentStatus.Active, 1)],
            news.Select(static one => (one.Id, one.Status, one.AlertsReceived)));
        Assert.All(news, one => Assert.Equal((long)_scene.State.Version + 1, one.Change));
    }

    /// <summary>However an alert counts: whoever looks back five seconds further finds every change by updated_at.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public void No_change_is_dated_more_than_a_step_too_early(int seconds)
    {
        _scene.Fire();
        for (var n = 0; n < 20; n++)
        {
            _scene.Now += TimeSpan.FromSeconds(seconds);
            _scene.Receive(Alerts.Batch(Alerts.Noon, Alerts.Firing($"series-{n % 3}")));
            Assert.InRange(_scene.Now - _scene.Last.UpdatedAt, TimeSpan.Zero, Episode.LastSeenStep - TimeSpan.FromTicks(1));
        }

        _scene.Now += TimeSpan.FromSeconds(1);
        _scene.Command(CommandKind.Acknowledge);
        Assert.Equal(_scene.Now, _scene.Last.UpdatedAt);
    }

    private static IncidentNews News(long change, char key, int second = 0)
    {
        Assert.True(IncidentId.TryParse($"INC-20261123120000-{new string(key, 16)}", out var id));
        return new()
        {
            Id = id,
            Change = change,
            Parts = Alerts.Parts,
            Status = IncidentStatus.Active,
            Severity = "critical",
            PeakSeverity = "critical",
            Title = "t",
            Summary = "",
            StartTime = Alerts.Noon,
            FirstSeenAt = Alerts.Noon,
            LastSeenAt = Alerts.Noon,
            UpdatedAt = Alerts.Noon.AddSeconds(second),
        };
    }
}
