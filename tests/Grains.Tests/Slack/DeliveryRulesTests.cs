using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

public sealed class DeliveryRulesTests
{
    private static readonly DateTimeOffset Began = Alerts.Noon;
    private static readonly DateTimeOffset Now = Began.AddSeconds(2);
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(60);
    private static readonly MessagePlace Here = new("C0INCIDENT1", "1795140963.000200");
    private static readonly Circumstances At = new(Began, Now, "#default", TimeSpan.FromSeconds(15), Settles, CanLook: true);

    private static readonly CardRow Fresh = new()
    {
        IncidentId = IncidentId.TryParse("INC-20261123120000-0123456789abcdef", out var id) ? id : default,
        Channel = "#critical",
        DesiredRevision = 3,
        RaisedRevision = 1,
        NextAttemptAt = Began,
    };

    private static readonly CardRow Posted = Fresh with { Message = Here, MessageRevision = 1, SentRevision = 2, SentAlerts = 5 };

    [Fact]
    public void What_comes_next()
    {
        Assert.Equal(CardStep.Post, DeliveryRules.Next(Fresh));
        Assert.Equal(CardStep.Post, DeliveryRules.Next(Posted with { RaisedRevision = 3 }));
        Assert.Equal(CardStep.Find, DeliveryRules.Next(Fresh with { CallingSince = Began }));
        Assert.Equal(CardStep.Point, DeliveryRules.Next(Posted with { Former = [Here] }));
        Assert.Equal(CardStep.Edit, DeliveryRules.Next(Posted));
        Assert.Equal(CardStep.Post, DeliveryRules.Next(Posted with { Message = null }));
    }

    [Fact]
    public void A_post_that_got_through_is_the_living_message()
    {
        var told = Settle(Fresh, CardStep.Post, new(new(SlackOutcome.Done, Channel: Here.Channel, Ts: Here.Ts), 3, 7)).Row;

        Assert.Equal((Here, 1, 3, 7L, 0), (told.Message, told.MessageRevision, told.SentRevision, told.SentAlerts, told.Attempts));
        Assert.Null(told.CallingSince);
        Assert.Empty(told.Former);
    }

    [Fact]
    public void The_message_before_a_raised_severity_is_to_point_to_the_new_one()
    {
        var there = new MessagePlace("C0CRITICAL1", "1795140999.000100");
        var told = Settle(Posted with { RaisedRevision = 3 }, CardStep.Post, new(new(SlackOutcome.Done, Channel: there.Channel, Ts: there.Ts), 3, 7)).Row;

        Assert.Equal(there, told.Message);
        Assert.Equal([Here], told.Former);
        Assert.Empty(Settle(told, CardStep.Point, Done(told)).Row.Former);
    }

    [Fact]
    public void A_post_whose_end_is_not_known_is_looked_for_once_it_can_no_longer_appear()
    {
        var unsure = Settle(Fresh, CardStep.Post, new(new(SlackOutcome.Unsure, "timeout")));
        Assert.Equal((Began, Began + Settles, SlackDelay.Unsure), (unsure.Row.CallingSince, unsure.Row.NextAttemptAt, unsure.Delay));
        Assert.Equal(CardStep.Find, DeliveryRules.Next(unsure.Row));

        var found = Settle(unsure.Row, CardStep.Find, new(new(SlackOutcome.Done, Channel: Here.Channel, Ts: Here.Ts))).Row;
        Assert.Equal((Here, 1, 0), (found.Message, found.MessageRevision, found.SentRevision)); // what it shows is old: edit it
        Assert.Null(found.CallingSince);

        var absent = Settle(unsure.Row, CardStep.Find, new(new(SlackOutcome.Done))).Row;
        Assert.Equal(CardStep.Post, DeliveryRules.Next(absent));
    }

    [Fact]
    public void Of_a_second_post_whose_end_is_not_known_the_first_is_not_forgotten()
    {
        var first = Fresh with { CallingSince = Began.AddMinutes(-5) };

        Assert.Equal(first.CallingSince, Settle(first, CardStep.Post, new(new(SlackOutcome.Unsure, "timeout"))).Row.CallingSince);
    }

    [Fact]
    public void An_edit_that_got_lost_and_may_yet_come_does_not_have_the_last_word()
    {
        var lost = Settle(Posted, CardStep.Edit, new(new(SlackOutcome.Unsure, "timeout"))).Row;
        Assert.Equal((Began, CardStep.Edit), (lost.CallingSince, DeliveryRules.Next(lost)));
        Assert.InRange(lost.NextAttemptAt, Now, Now.AddSeconds(4)); // it is not waited for

        var told = Settle(lost, CardStep.Edit, Done(lost)).Row;
        Assert.Equal((Began, Began + Settles), (told.CallingSince, told.NextAttemptAt));

        var late = At with { Began = Began + Settles, Now = Began + Settles };
        Assert.Null(DeliveryRules.Settle(told, CardStep.Edit, Done(told), late).Row.CallingSince);
    }

    [Fact]
    public void What_a_lost_silo_may_have_done_is_noted_before_each_call_that_does_something()
    {
        Assert.Equal([Began, null, Began, Began, null], Enum.GetValues<CardStep>().Select(static step => DeliveryRules.CallingSince(Posted, step, At)));
        Assert.All(Enum.GetValues<CardStep>(), static step => Assert.Null(DeliveryRules.CallingSince(Posted, step, At with { CanLook = false })));
    }

    [Fact]
    public void An_incoming_webhook_is_simply_told_again() =>
        Assert.Null(DeliveryRules.Settle(Fresh, CardStep.Post, new(new(SlackOutcome.Unsure, "timeout")), At with { CanLook = false }).Row.CallingSince);

    [Theory]
    [InlineData("missing_scope: needs channels:history", nameof(SlackOutcome.TokenBroken))]
    [InlineData("not_in_channel", nameof(SlackOutcome.ChannelBroken))]
    [InlineData("invalid_arguments", nameof(SlackOutcome.Refused))]
    public void What_cannot_be_looked_for_is_rather_told_twice_than_never(string error, string outcome)
    {
        var settled = Settle(Fresh with { CallingSince = Began }, CardStep.Find, new(new(Enum.Parse<SlackOutcome>(outcome), error)));

        Assert.Equal(CardStep.Post, DeliveryRules.Next(settled.Row));
        Assert.Null(settled.Trouble);
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

    [Fact]
    public void A_broken_channel_falls_back_to_the_default_one_and_that_one_is_tried_again()
    {
        var broken = new Delivered(new(SlackOutcome.ChannelBroken, "is_archived"));

        Assert.Equal("#default", Settle(Fresh, CardStep.Post, broken).Row.Channel);
        var edited = Settle(Posted, CardStep.Edit, broken).Row;
        Assert.Equal(("#default", CardStep.Post), (edited.Channel, DeliveryRules.Next(edited)));
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
    public void Of_a_message_that_is_gone_another_is_posted()
    {
        var gone = Settle(Posted, CardStep.Edit, new(new(SlackOutcome.MessageGone, "message_not_found"))).Row;

        Assert.Equal(CardStep.Post, DeliveryRules.Next(gone));
        Assert.Equal(CardStep.Find, DeliveryRules.Next(Settle(gone, CardStep.Post, new(new(SlackOutcome.Unsure, "timeout"))).Row));
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
    public void Every_outcome_of_every_step_is_decided()
    {
        foreach (var step in Enum.GetValues<CardStep>())
        {
            foreach (var outcome in Enum.GetValues<SlackOutcome>())
            {
                var card = Posted with { Former = [Here], CallingSince = Began };
                var settled = Settle(card, step, new(new(outcome, outcome == SlackOutcome.Done ? null : "error")));

                Assert.True(outcome == SlackOutcome.Done || settled.Row.LastError == "error", $"{step} {outcome}");
                Assert.True(settled.Row.NextAttemptAt >= Now || outcome == SlackOutcome.Unsure, $"{step} {outcome}");
            }
        }
    }

    private static CardSettlement Settle(CardRow card, CardStep step, Delivered delivered) => DeliveryRules.Settle(card, step, delivered, At);

    private static Delivered Done(CardRow card) => new(new(SlackOutcome.Done), card.SentRevision, card.SentAlerts);
}
