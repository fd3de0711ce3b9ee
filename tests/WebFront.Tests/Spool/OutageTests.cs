using Incidents.Grains.Interfaces;
using Incidents.WebFront.Spool;

namespace Incidents.WebFront.Tests.Spool;

public sealed class OutageTests
{
    private readonly Outage _outage = new();

    [Fact]
    public void Several_keys_that_cannot_be_stored_are_an_outage()
    {
        Fail("a", "b");
        Assert.False(_outage.IsOn);

        Fail("c");
        Assert.True(_outage.IsOn);
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
        Assert.False(_outage.IsOn);

        Fail("a", "b");
        Assert.False(_outage.IsOn);
    }

    private void Fail(params string[] rules) => Array.ForEach(rules, rule => _outage.NotStored(IncidentKey.Of(new(rule, "", "", "", ""))));
}
