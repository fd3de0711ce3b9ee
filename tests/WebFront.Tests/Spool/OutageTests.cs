using Incidents.WebFront.Spool;
using Microsoft.Extensions.Time.Testing;

namespace Incidents.WebFront.Tests.Spool;

public sealed class OutageTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Outage _outage;

    public OutageTests() => _outage = new(_clock);

    [Fact]
    public void Several_keys_that_cannot_be_stored_are_an_outage()
    {
        Fail("a", "b");
        Assert.False(_outage.IsOn);
        Assert.False(_outage.TurnsAway());

        Fail("c");
        Assert.True(_outage.IsOn);
        Assert.True(_outage.TurnsAway());
    }

    [Fact]
    public void One_key_that_somebody_holds_is_none()
    {
        Fail("a", "a", "a", "a");

        Assert.False(_outage.IsOn);
    }

    [Fact]
    public void It_is_over_as_soon_as_anything_is_stored()
    {
        Fail("a", "b", "c", "d");

        _outage.Stored();
        Assert.False(_outage.TurnsAway());

        Fail("a", "b");
        Assert.False(_outage.IsOn);
    }

    [Fact]
    public void One_a_second_is_tried_all_the_same()
    {
        Fail("a", "b", "c");
        Assert.Equal([true, true], Asked(2));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([false, true, true], Asked(3));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([false, true], Asked(2));
    }

    private bool[] Asked(int times) => [.. Enumerable.Range(0, times).Select(_ => _outage.TurnsAway())];

    private void Fail(params string[] rules) => Array.ForEach(rules, rule => _outage.NotStored(JournalFolder.Key(rule)));
}
