using Incidents.WebFront.Health;

namespace Incidents.WebFront.Tests.Health;

public sealed class HealthStateTests
{
    [Theory]
    [InlineData(null, 0, 0, true, HealthStatus.Ready)]
    [InlineData(null, 0, 0, false, HealthStatus.Ready)] // without a spool
    [InlineData("No silo answers.", 0, 0, true, HealthStatus.Degraded)]
    [InlineData("No silo answers.", 5, 0, true, HealthStatus.Degraded)]
    [InlineData("No silo answers.", 5, 0, false, HealthStatus.NotReady)]
    [InlineData(null, 5, 0, true, HealthStatus.Degraded)]
    [InlineData(null, 0, 1, true, HealthStatus.Degraded)]
    internal void Ready_is_who_accepts_alerts_and_degraded_who_needs_to_be_looked_at(
        string? problem, int deliveries, int setAside, bool hasRoom, HealthStatus expected)
    {
        var state = HealthState.Of(problem, new(deliveries, 0, null, 0, setAside), hasRoom);

        Assert.Equal(expected, state.Status);
        Assert.Equal(expected == HealthStatus.Ready, state.Problem is null);
    }

    [Fact]
    public void All_that_is_wrong_is_said() => Assert.Equal(
        "No silo answers. 5 deliveries wait in the spool, 2 of them are stuck. The spool's disk takes nothing. 1 damaged journals are set aside in Spool:Directory.",
        HealthState.Of("No silo answers.", new(5, 0, null, 2, 1, IsBroken: true), true).Problem);

    [Fact]
    public void Who_cannot_tell_Slack_accepts_alerts_all_the_same() => Assert.Equal(
        new(HealthStatus.Degraded, "Slack refuses our token, so nobody is told; GET /api/system says why."),
        HealthState.Of(null, new(0, 0, null, 0, 0), hasRoom: true, isSlackShut: true));
}
