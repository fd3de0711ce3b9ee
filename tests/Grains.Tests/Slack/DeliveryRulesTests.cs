using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

public sealed class DeliveryRulesTests
{
    internal static readonly DateTimeOffset Began = Alerts.Noon;
    internal static readonly DateTimeOffset Now = Began.AddSeconds(2);
    internal static readonly TimeSpan Settles = TimeSpan.FromSeconds(60);
    internal static readonly MessagePlace Here = new("C0INCIDENT1", "1795140963.000200");
    internal static readonly Circumstances At = new(Began, Now, "#default", TimeSpan.FromSeconds(15), Settles, CanLook: true);

    internal static readonly OpenPost Underway = new(Began, "#critical", 1);

    internal static readonly CardRow Fresh = new()
    {
        IncidentId = IncidentId.TryParse("INC-20261123120000-0123456789abcdef", out var id) ? id : default,
        Channel = "#critical",
        DesiredRevision = 3,
        RaisedRevision = 1,
        NextAttemptAt = Began,
    };

    internal static readonly CardRow Posted = Fresh with { Message = Here, MessageRevision = 1, SentRevision = 2, SentAlerts = 5 };

    [Fact]
    public void What_comes_next()
    {
        Assert.Equal(CardStep.Post, DeliveryRules.Next(Fresh, canLook: true));
        Assert.Equal(CardStep.Post, DeliveryRules.Next(Posted with { RaisedRevision = 3 }, canLook: true));
        Assert.Equal(CardStep.Find, DeliveryRules.Next(Fresh with { Posting = Underway }, canLook: true));
        Assert.Equal(CardStep.Point, DeliveryRules.Next(Posted with { Former = [Here] }, canLook: true));
        Assert.Equal(CardStep.Edit, DeliveryRules.Next(Posted, canLook: true));
        Assert.Equal(CardStep.Post, DeliveryRules.Next(Posted with { Message = null }, canLook: true));
    }

    [Fact]
    public void A_post_that_got_through_is_the_living_message()
    {
        var told = Settle(Fresh, CardStep.Post, new(new(SlackOutcome.Done, Channel: Here.Channel, Ts: Here.Ts), 3, 7)).Row;

        Assert.Equal((Here, 1, 3, 7L, 0), (told.Message, told.MessageRevision, told.SentRevision, told.SentAlerts, told.Attempts));
        Assert.Null(told.Posting);
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
        Assert.Equal((Underway, Began + Settles, SlackDelay.Unsure), (unsure.Row.Posting, unsure.Row.NextAttemptAt, unsure.Delay));
        Assert.Equal(CardStep.Find, DeliveryRules.Next(unsure.Row, canLook: true));

        var found = Settle(unsure.Row, CardStep.Find, new(new(SlackOutcome.Done, Channel: Here.Channel, Ts: Here.Ts))).Row;
        Assert.Equal((Here, 1, 0), (found.Message, found.MessageRevision, found.SentRevision)); // what it shows is old: edit it
        Assert.Null(found.Posting);

        var absent = Settle(unsure.Row, CardStep.Find, new(new(SlackOutcome.Done))).Row;
        Assert.Equal(CardStep.Post, DeliveryRules.Next(absent, canLook: true));
    }

    [Fact]
    public void A_post_that_is_found_after_the_severity_rose_is_the_former_message()
    {
        var risen = Fresh with { Channel = "#critical", RaisedRevision = 3, Posting = new(Began, "#usual", 1) };

        var found = Settle(risen, CardStep.Find, new(new(SlackOutcome.Done, Channel: Here.Channel, Ts: Here.Ts))).Row;

        Assert.Equal((Here, 1, CardStep.Post), (found.Message, found.MessageRevision, DeliveryRules.Next(found, canLook: true)));
    }

    [Fact]
    public void A_message_that_is_posted_again_is_looked_for_like_the_first()
    {
        var gone = Posted with { Message = null, Posting = Underway };

        Assert.Equal(CardStep.Find, DeliveryRules.Next(gone, canLook: true));
    }

    [Fact]
    public void An_incoming_webhook_is_simply_told_again() =>
        Assert.Null(DeliveryRules.Settle(Fresh, CardStep.Post, new(new(SlackOutcome.Unsure, "timeout")), At with { CanLook = false }).Row.Posting);

    [Theory]
    [InlineData("missing_scope: needs channels:history", nameof(SlackOutcome.TokenBroken))]
    [InlineData("not_in_channel", nameof(SlackOutcome.ChannelBroken))]
    [InlineData("not_allowed_token_type", nameof(SlackOutcome.TokenBroken))]
    [InlineData("of_tomorrow", nameof(SlackOutcome.Unknown))]
    [InlineData("invalid_arguments", nameof(SlackOutcome.Refused))]
    public void What_cannot_be_looked_for_is_rather_told_twice_than_never(string error, string outcome)
    {
        var settled = Settle(Fresh with { Posting = Underway }, CardStep.Find, new(new(Enum.Parse<SlackOutcome>(outcome), error)));

        Assert.Equal(CardStep.Post, DeliveryRules.Next(settled.Row, canLook: true));
        Assert.Null(settled.Trouble);
    }

    [Fact]
    public void Of_a_message_that_is_gone_another_is_posted()
    {
        var gone = Settle(Posted, CardStep.Edit, new(new(SlackOutcome.MessageGone, "message_not_found"))).Row;

        Assert.Equal((CardStep.Post, 0), (DeliveryRules.Next(gone, canLook: true), gone.SentRevision)); // wanted, even if only counts were told
    }

    [Fact]
    public void What_a_bot_left_open_holds_up_no_webhook()
    {
        var left = Posted with { RaisedRevision = 3, Posting = Underway, Former = [Here] };
        Assert.Equal(CardStep.Post, DeliveryRules.Next(left, canLook: false));

        var told = DeliveryRules.Settle(left, CardStep.Post, new(new(SlackOutcome.Done), 3, 7), At with { CanLook = false }).Row;

        Assert.Empty(told.Former);
        Assert.Null(told.Posting);
    }

    [Fact]
    public void What_cannot_be_read_of_a_former_message_is_left_out() =>
        Assert.Equal([Here], MessagePlace.ReadAll($"C0 1 1;x;{MessagePlace.Write([Here])};"));

    [Fact]
    public void An_edit_that_may_come_late_is_made_once_more_when_it_no_longer_can()
    {
        var unsure = Settle(Posted, CardStep.Edit, new(new(SlackOutcome.Unsure, "timeout"))).Row;
        Assert.Equal(Began + Settles, unsure.LateUntil);

        var next = Settle(unsure, CardStep.Edit, Done(unsure)).Row; // told at once all the same
        Assert.Equal((Began + Settles, Began + Settles), (next.LateUntil, next.NextAttemptAt));

        var last = DeliveryRules.Settle(next, CardStep.Edit, Done(next), At with { Began = Began + Settles, Now = Now + Settles }).Row;
        Assert.Null(last.LateUntil);
    }

    [Fact]
    public void Every_outcome_of_every_step_is_decided()
    {
        foreach (var step in Enum.GetValues<CardStep>())
        {
            foreach (var outcome in Enum.GetValues<SlackOutcome>())
            {
                var card = Posted with { Former = [Here], Posting = Underway };
                var settled = Settle(card, step, new(new(outcome, outcome == SlackOutcome.Done ? null : "error")));

                Assert.True(outcome == SlackOutcome.Done || settled.Row.LastError == "error", $"{step} {outcome}");
                Assert.True(settled.Row.NextAttemptAt >= Now || outcome == SlackOutcome.Unsure, $"{step} {outcome}");
            }
        }
    }

    internal static CardSettlement Settle(CardRow card, CardStep step, Delivered delivered) => DeliveryRules.Settle(card, step, delivered, At);

    private static Delivered Done(CardRow card) => new(new(SlackOutcome.Done), card.SentRevision, card.SentAlerts);
}
