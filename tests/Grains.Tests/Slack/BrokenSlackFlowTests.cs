using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

/// <summary>As <see cref="CardFlowTests"/>, while Slack fails.</summary>
public sealed class BrokenSlackFlowTests(ToldCluster.OfClass shared) : IClassFixture<ToldCluster.OfClass>
{
    private readonly ToldCluster _cluster = shared.Cluster;

    public static TheoryData<string> Faults => ["limited", "failing", "unreachable answer", "lost answer", "slow answer", "late post", "revoked"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Whatever_Slack_says_there_is_one_card_in_its_final_state(string fault)
    {
        var before = _cluster.Slack.Calls.Count;
        Break(fault);
        var incidents = new List<IncidentId>();
        for (var n = 0; n < 3; n++)
        {
            incidents.Add(await _cluster.Observe($"{fault} {n}", Alerts.Firing("a")));
        }

        await Eventually.Holds(
            "Slack was called and broken",
            () => Task.FromResult(_cluster.Slack.Calls.Skip(before).Any(static call => call.Answer is not null)),
            TimeSpan.FromSeconds(20),
            TestContext.Current.CancellationToken);
        await _cluster.Command(incidents[0], CommandKind.Acknowledge);
        await _cluster.Command(incidents[1], CommandKind.Resolve);
        _cluster.Slack.Heal();
        _cluster.Slack.TokenError = null;

        await _cluster.Shows(incidents[0], "jisu");
        await _cluster.Shows(incidents[1], "rolled back");
        await _cluster.Shows(incidents[2], "HighErrorRate");
        await _cluster.IsQuiet();
        Assert.All(incidents, incident => Assert.Single(_cluster.Of(incident)));
    }

    [Theory]
    [InlineData(SlackMethods.Update)]
    [InlineData(SlackMethods.History)]
    public async Task Edits_and_searches_that_fail_are_made_again(string method)
    {
        var incident = await _cluster.Observe($"again {method}", Alerts.Firing("a"));
        await _cluster.Shows(incident, "HighErrorRate");
        _cluster.Slack.Fail(SlackMethods.Post, Fault.Drop with { IsCarriedOut = true }, calls: 1);
        foreach (var fault in (Fault[])[Fault.RateLimited(TimeSpan.FromSeconds(1)), Fault.Drop])
        {
            _cluster.Slack.Fail(method, fault, calls: 1);
        }

        var other = await _cluster.Observe($"other {method}", Alerts.Firing("a"));
        await _cluster.Command(incident, CommandKind.Resolve);
        await _cluster.Command(other, CommandKind.Resolve);

        await _cluster.Shows(incident, "rolled back");
        await _cluster.Shows(other, "rolled back");
        await _cluster.IsQuiet();
        Assert.All([incident, other], one => Assert.Single(_cluster.Of(one)));
        Assert.Equal(0, _cluster.Slack.OverLimit(SlackMethods.History));
    }

    private void Break(string fault)
    {
        var (slack, second) = (_cluster.Slack, TimeSpan.FromSeconds(1));
        slack.Fail(SlackMethods.Post, fault switch
        {
            "limited" => Fault.RateLimited(second),
            "failing" => Fault.Answer(500),
            "unreachable answer" => Fault.Drop,
            "lost answer" => Fault.Drop with { IsCarriedOut = true },
            "slow answer" => Fault.Late(2 * second) with { IsCarriedOut = true },
            "late post" => Fault.Late(2 * second),
            _ => Fault.Error("token_revoked"),
        });
        slack.TokenError = fault == "revoked" ? "token_revoked" : null;
    }
}
