using Incidents.Grains.Slack;
using Incidents.TestKit.FakeSlack;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

/// <summary>A post whose answer was lost is found again, and no other is taken for it.</summary>
public sealed class CardSearchTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new(2026, 11, 26, 7, 0, 0, TimeSpan.Zero));
    private FakeWorkspace _slack = null!;
    private SlackCalls _calls = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SlackClient Client => _calls.Client;

    private FakeChannel Channel => _slack.Channels[0];

    public async ValueTask InitializeAsync()
    {
        _slack = await FakeWorkspace.Start(_clock, FakeLimits.None);
        _calls = new(_slack, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Dispose();
        await _slack.DisposeAsync();
    }

    [Theory]
    [InlineData("#incidents")]
    [InlineData("C0INCIDENT1")]
    public async Task A_card_is_found_pages_deep(string channel)
    {
        var since = _clock.GetUtcNow();
        await Lost(SlackCalls.Mark(raised: 2));
        Say(450);

        var reply = await Client.Find(channel, SlackCalls.Mark(raised: 2), since, Cancel);

        Assert.Equal(new(SlackOutcome.Done, Channel: "C0INCIDENT1", Ts: Channel.Messages[0].Ts), reply);
        Assert.Equal(3, _slack.Calls.Count(static call => call.Method == SlackMethods.History));
    }

    [Fact]
    public async Task A_card_of_another_incident_or_revision_is_not_it()
    {
        await Lost(SlackCalls.Mark(raised: 1));
        await Lost(SlackCalls.Mark(raised: 2, "INC-20260102030406-0123456789abcdef"));
        Say(1);

        var reply = await Client.Find(Channel.Id, SlackCalls.Mark(raised: 2), _clock.GetUtcNow(), Cancel);

        Assert.Equal(new(SlackOutcome.Done, Channel: Channel.Id, Ts: null), reply);
    }

    [Theory]
    [InlineData(-121, false)]
    [InlineData(-119, true)]
    [InlineData(839, true)]
    [InlineData(841, false)]
    public async Task It_is_looked_for_around_the_time_of_the_post(int seconds, bool isFound)
    {
        await Lost(SlackCalls.Mark());

        var reply = await Client.Find(Channel.Id, SlackCalls.Mark(), _clock.GetUtcNow() - TimeSpan.FromSeconds(seconds), Cancel);

        Assert.Equal((SlackOutcome.Done, isFound), (reply.Outcome, reply.Ts is not null));
    }

    [Fact]
    public async Task What_cannot_be_looked_through_is_not_said_to_be_absent()
    {
        Say(1_001);

        var reply = await Client.Find(Channel.Id, SlackCalls.Mark(), _clock.GetUtcNow(), Cancel);

        Assert.Equal(new(SlackOutcome.Refused, "more than 1000 messages to look through"), reply);
        Assert.Equal(5, _slack.Calls.Count);
    }

    [Fact]
    public async Task The_id_of_a_channel_that_was_posted_to_is_known()
    {
        await Client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), Cancel);

        var reply = await Client.Find("#incidents", SlackCalls.Mark(), _clock.GetUtcNow(), Cancel);

        Assert.Equal(Channel.Messages[0].Ts, reply.Ts);
        Assert.Equal([SlackMethods.Post, SlackMethods.History], _slack.Calls.Select(static call => call.Method));
    }

    [Fact]
    public async Task A_channel_that_the_app_is_not_in_is_broken()
    {
        Channel.IsJoined = false;

        var byName = await Client.Find("#incidents", SlackCalls.Mark(), _clock.GetUtcNow(), Cancel);
        var byId = await Client.Find(Channel.Id, SlackCalls.Mark(), _clock.GetUtcNow(), Cancel);

        Assert.Equal(new(SlackOutcome.ChannelBroken, "not_in_channel"), byName);
        Assert.Equal(byName, byId);
    }

    [Theory]
    [InlineData("channels:history")]
    [InlineData("channels:read")]
    public async Task A_scope_that_is_missing_is_named(string scope)
    {
        _slack.Scopes = _slack.Scopes.Remove(scope);

        var reply = await Client.Find("#incidents", SlackCalls.Mark(), _clock.GetUtcNow(), Cancel);

        Assert.Equal(new(SlackOutcome.TokenBroken, $"missing_scope: needs {scope}"), reply);
    }

    /// <summary>Posts, and its answer is lost.</summary>
    private async Task Lost(CardMark mark)
    {
        _slack.Fail(SlackMethods.Post, Fault.Drop with { IsCarriedOut = true }, calls: 1);
        var reply = await Client.Post("#incidents", SlackCalls.Card("new"), mark, Cancel);
        Assert.Equal(SlackOutcome.Unsure, reply.Outcome);
    }

    private void Say(int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            Channel.Say($"of a person {i}");
        }
    }
}
