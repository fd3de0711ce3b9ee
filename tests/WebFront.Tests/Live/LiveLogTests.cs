using Incidents.TestKit;
using Incidents.WebFront.Live;

namespace Incidents.WebFront.Tests.Live;

/// <summary>What viewers read, how far back it goes, and how a lost batch is noticed.</summary>
public sealed class LiveLogTests
{
    private static readonly Guid Epoch = Guid.NewGuid();

    private readonly MovableClock _clock = new();
    private readonly LiveLog _log;
    private readonly LiveOrder _order = new();

    public LiveLogTests() => _log = new(room: 3, _clock);

    [Fact]
    public void Only_the_newest_of_an_incident_is_read_and_only_once()
    {
        Assert.Equal(2, _log.Add([Rows.Of("a", 1), Rows.Of("b", 5)]));
        Assert.Equal(1, _log.Add([Rows.Of("b", 5), Rows.Of("b", 4), Rows.Of("a", 2)]));

        Assert.Equal(["b5", "a2"], Read(0));
        Assert.Equal(["a2"], Read(2));
        Assert.Empty(Read(_log.Latest)!);
    }

    [Fact]
    public void Who_has_not_read_what_had_to_make_room_has_fallen_behind()
    {
        _log.Add([Rows.Of("a", 1), Rows.Of("b", 1), Rows.Of("c", 1), Rows.Of("a", 2)]);
        Assert.NotNull(Read(0));

        _log.Add([Rows.Of("d", 1)]); // b goes: it was the second

        Assert.Null(Read(0));
        Assert.Null(Read(1));
        Assert.Equal(["c1", "a2", "d1"], Read(2));
    }

    [Fact]
    public void Who_comes_back_goes_on_in_memory_as_far_as_that_is_complete()
    {
        Assert.Null(_log.From(_clock.GetUtcNow())); // nothing is known yet
        var begun = _clock.GetUtcNow();
        _log.Sound(begun);
        Assert.Null(_log.From(begun));
        _clock.Advance(TimeSpan.FromSeconds(15));
        _log.Add([Rows.Of("a", 1)]);
        _clock.Advance(TimeSpan.FromSeconds(15));
        _log.Add([Rows.Of("b", 1)]);

        Assert.Equal(["b1"], Read(_log.From(begun.AddSeconds(30))!.Value));
        Assert.Equal(["a1", "b1"], Read(_log.From(begun.AddSeconds(25))!.Value));

        _clock.Advance(TimeSpan.FromSeconds(15));
        _log.Add([Rows.Of("c", 1), Rows.Of("d", 1)]); // a goes, of second 15
        Assert.Null(_log.From(begun.AddSeconds(24)));
        Assert.Equal(["b1", "c1", "d1"], Read(_log.From(begun.AddSeconds(26))!.Value));

        _log.Break();
        Assert.Null(_log.From(_clock.GetUtcNow()));
        Assert.Null(Read(_log.Latest - 1));
        Assert.Empty(Read(_log.Latest)!);
    }

    [Fact]
    public async Task Whoever_waits_hears_of_the_next_change_and_of_a_beat()
    {
        var (change, beats) = (_log.Next, _log.Beats);
        _log.Add([Rows.Of("a", 1)]);
        await Within.Deadline("a change is heard of", change);

        var beat = _log.Next;
        Assert.False(beat.IsCompleted);
        _log.Beat();
        await Within.Deadline("a beat is heard of", beat);
        Assert.Equal(beats + 1, _log.Beats);
    }

    [Fact]
    public void A_batch_that_is_missing_is_noticed_by_the_next_one_or_at_the_renewal()
    {
        _order.Renewed(new(Epoch, 7));
        Assert.Equal(LiveGap.Epoch, Gap()); // the first look is a look anew

        _order.Hear(new(new(Epoch, 8), [], null));
        _order.Hear(new(new(Epoch, 9), [], null));
        _order.Renewed(new(Epoch, 9));
        Assert.Null(Gap());

        _order.Hear(new(new(Epoch, 11), [], null));
        Assert.Equal(LiveGap.Number, Gap());

        _order.Renewed(new(Epoch, 12)); // 12 may be on its way
        Assert.Null(Gap());
        _order.Renewed(new(Epoch, 12)); // it was not
        Assert.Equal(LiveGap.Number, Gap());
        _order.Renewed(new(Epoch, 12));
        Assert.Null(Gap());

        _order.Hear(new(new(Guid.NewGuid(), 1), [], null));
        Assert.Equal(LiveGap.Epoch, Gap());
        _order.Renewed(null);
        Assert.Equal(LiveGap.Away, Gap());
    }

    [Fact]
    public void What_a_silo_left_out_is_read_since_then_and_what_is_unknown_since_the_last_sound_moment()
    {
        _order.Renewed(new(Epoch, 0));
        Gap();
        _order.Hear(new(new(Epoch, 1), [], Alerts.Noon.AddSeconds(5)));
        _order.Hear(new(new(Epoch, 2), [], Alerts.Noon));
        Assert.Equal((LiveGap.LeftOut, Alerts.Noon), (_order.TakeGap(out var since), since));

        _order.Hear(new(new(Epoch, 3), [], Alerts.Noon));
        _order.Hear(new(new(Epoch, 9), [], Alerts.Noon));
        Assert.Equal((LiveGap.LeftOut, null), (_order.TakeGap(out since), since));
    }

    private LiveGap? Gap() => _order.TakeGap(out _);

    private List<string>? Read(long after) => _log.After(after)?.Rows.Select(static row => $"{row.IncidentId}{row.Change}").ToList();
}
