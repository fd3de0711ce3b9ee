using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack;
using Xunit;
using static Incidents.Grains.Tests.Slack.DeliveryRulesTests;

namespace Incidents.Grains.Tests.Slack;

/// <summary>What comes of it when Slack says no.</summary>
public sealed class RefusedDeliveryTests
{
    [Fact]
    public void A_card_that_is_refused_is_told_in_plain_text_and_tried_again_much_later()
    {
        var first = Settle(Fresh, CardStep.Post, new(new(SlackOutcome.Refused, "invalid_blocks")));
        Assert.Equal((true, Now, false), (first.Row.Refused, first.Row.NextAttemptAt, first.GivenUp));

        var second = Settle(first.Row, CardStep.Post, new(new(SlackOutcome.Refused, "no_text")));
        Assert.Equal((false, Now.AddHours(1), true), (second.Row.Refused, second.Row.NextAttemptAt, second.GivenUp));

        Assert.False(Settle(Posted with { Refused = true }, CardStep.Count, new(new(SlackOutcome.Refused, "no_text"))).GivenUp);
    }

    [Fact]
    public void What_Slack_says_in_words_that_nobody_knows_is_tried_again()
    {
        var settled = Settle(Fresh, CardStep.Post, new(new(SlackOutcome.Unknown, "of_tomorrow")));

        Assert.False(settled.GivenUp);
        Assert.InRange(settled.Row.NextAttemptAt - Now, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Posts_that_do_not_get_through_slow_their_channel_down_until_one_does()
    {
        var pace = ChannelPace.Of(new(), Now);
        var unsure = Settle(Fresh, CardStep.Post, new(new(SlackOutcome.Unsure, "timeout")));
        var waits = new List<TimeSpan>();
        for (var n = 0; n < 10; n++)
        {
            pace = pace.After(CardStep.Post, unsure, Now);
            waits.Add(pace.WaitFor(Now).Wait);
        }

        Assert.Equal(waits.Order(), waits);
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), (waits[0], waits[^1]));
        var told = Settle(Fresh, CardStep.Post, new(new(SlackOutcome.Done, Channel: Here.Channel, Ts: Here.Ts)));
        Assert.Equal(0, pace.After(CardStep.Post, told, Now).Failures);
    }

    [Fact]
    public void Backing_off_has_an_end()
    {
        var waits = Enumerable.Range(0, 20)
            .Select(static n => Settle(Posted with { Attempts = n }, CardStep.Edit, new(new(SlackOutcome.NotSent, "refused"))).Row.NextAttemptAt - Now)
            .ToList();

        Assert.Equal(waits.Order(), waits);
        Assert.InRange(waits[0], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromMinutes(1), waits[^1]);
    }

    [Fact]
    public void A_broken_channel_falls_back_to_the_default_one_and_that_one_is_tried_again()
    {
        var broken = new Delivered(new(SlackOutcome.ChannelBroken, "is_archived"));

        Assert.Equal("#default", Settle(Fresh, CardStep.Post, broken).Row.Channel);
        var edited = Settle(Posted, CardStep.Edit, broken).Row;
        Assert.Equal(("#default", CardStep.Post), (edited.Channel, DeliveryRules.Next(edited, canLook: true)));
        var raised = Settle(Posted with { RaisedRevision = 3 }, CardStep.Post, broken).Row;
        Assert.Equal(Here, raised.Message); // it lives in another channel, and is to point to the new one

        var last = Settle(Fresh with { Channel = "#default" }, CardStep.Post, broken);
        Assert.Equal(("#default", SlackDelay.ChannelBroken, false), (last.Row.Channel, last.Delay, last.GivenUp));
        Assert.True(last.Row.NextAttemptAt > Now);
    }

    [Fact]
    public void A_refused_token_is_the_whole_workspaces_trouble_and_nothing_is_given_up()
    {
        var settled = Settle(Posted, CardStep.Edit, new(new(SlackOutcome.TokenBroken, "token_revoked")));

        Assert.Equal(new SlackTrouble(SlackDelay.TokenBroken, SlackUse.State, TimeSpan.FromSeconds(15), "token_revoked"), settled.Trouble);
        Assert.False(settled.GivenUp);
    }

    [Fact]
    public void A_limit_of_posts_pauses_the_channel_and_one_of_edits_the_workspace()
    {
        var limited = new Delivered(new(SlackOutcome.RateLimited, "ratelimited", TimeSpan.FromSeconds(30)));

        var post = Settle(Fresh, CardStep.Post, limited);
        Assert.Equal((TimeSpan.FromSeconds(30), null), (post.PauseChannel, post.Trouble));

        var edit = Settle(Posted, CardStep.Edit, limited);
        Assert.Equal((null, TimeSpan.FromSeconds(30)), (edit.PauseChannel, edit.Trouble?.RetryAfter));
        Assert.All([post, edit], static s => Assert.Equal((0, Now, SlackDelay.RateLimited), (s.Row.Attempts, s.Row.NextAttemptAt, s.Delay)));
    }
}
