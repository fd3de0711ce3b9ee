using Incidents.WebFront.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Incidents.WebFront.Tests.Auth;

public sealed class RarelyTests
{
    [Fact]
    public void Each_kind_is_said_once_a_minute()
    {
        var clock = new FakeTimeProvider();
        var rarely = new Rarely(clock);

        Assert.True(rarely.Now("a"));
        Assert.False(rarely.Now("a"));
        Assert.True(rarely.Now("b"));
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.True(rarely.Now("a"));
        Assert.False(rarely.Now("a"));
    }
}
