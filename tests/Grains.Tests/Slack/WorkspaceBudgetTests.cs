using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

public sealed class WorkspaceBudgetTests
{
    private static readonly DateTimeOffset Noon = Alerts.Noon;
    private static readonly SlackOptions Options = new() { EditsPerMinute = 50, AllPostsPerMinute = 200, RetryEvery = TimeSpan.FromSeconds(15) };

    [Theory]
    [InlineData(SlackUse.State, 50)]
    [InlineData(SlackUse.Post, 200)]
    public void No_minute_has_more_calls_than_allowed(SlackUse use, int perMinute)
    {
        var granted = Granted(use, TimeSpan.FromMinutes(5));

        Assert.All(granted, first => Assert.InRange(granted.Count(at => at >= first && at < first.AddMinutes(1)), 1, perMinute));
        Assert.InRange(granted.Count, perMinute * 3.9, perMinute * 5.0); // and most of it is used
    }

    [Fact]
    public void Counts_leave_edits_to_changes_of_state()
    {
        var budget = WorkspaceBudget.Of(Options, Noon);
        while (budget.Lease(SlackUse.Counts, "#one", Noon) is (var after, { IsGranted: true }))
        {
            budget = after;
        }

        Assert.True(budget.Lease(SlackUse.State, "#one", Noon).Lease.IsGranted);
    }

    [Fact]
    public void The_wait_that_it_names_is_enough()
    {
        var (budget, now) = (WorkspaceBudget.Of(Options, Noon), Noon);
        for (var i = 0; i < 100; i++)
        {
            var (after, lease) = budget.Lease(SlackUse.State, "#one", now);
            now += lease.Wait;
            budget = lease.IsGranted ? after : budget.Lease(SlackUse.State, "#one", now) switch
            {
                (var then, { IsGranted: true }) => then,
                (_, var again) => throw new InvalidOperationException($"After {lease.Wait} it still says {again.Wait}."),
            };
        }
    }

    [Fact]
    public void Edits_that_Slack_limits_wait_and_posts_go_on()
    {
        var budget = WorkspaceBudget.Of(Options, Noon).With(new(SlackDelay.RateLimited, SlackUse.State, TimeSpan.FromSeconds(30), "ratelimited"), Noon);

        Assert.Equal(new(TimeSpan.FromSeconds(30), SlackDelay.RateLimited), budget.Lease(SlackUse.State, "#one", Noon).Lease);
        Assert.True(budget.Lease(SlackUse.Post, "#one", Noon).Lease.IsGranted);
        Assert.True(budget.Lease(SlackUse.State, "#one", Noon.AddSeconds(30)).Lease.IsGranted);
    }

    [Fact]
    public void A_refused_token_is_tried_by_one_call_at_a_time_until_it_is_taken()
    {
        var broken = WorkspaceBudget.Of(Options, Noon)
            .With(new(SlackDelay.TokenBroken, SlackUse.Post, Options.RetryEvery, "token_revoked"), Noon);
        Assert.Equal(SlackDelay.TokenBroken, broken.Lease(SlackUse.Post, "#one", Noon).Lease.Why);

        var later = Noon + Options.RetryEvery;
        var (trying, first) = broken.Lease(SlackUse.Post, "#one", later);
        Assert.True(first.IsGranted);
        Assert.False(trying.Lease(SlackUse.State, "#one", later).Lease.IsGranted);
        Assert.Equal("token_revoked", trying.TokenError);

        var sound = trying.With(new(null, SlackUse.Post, default, null), later);
        Assert.Null(sound.TokenError);
        Assert.True(sound.Lease(SlackUse.State, "#one", later).Lease.IsGranted);
    }

    [Fact]
    public void A_clock_that_is_set_back_gives_nothing_away()
    {
        var budget = WorkspaceBudget.Of(Options, Noon);
        while (budget.Lease(SlackUse.State, "#one", Noon) is (var after, { IsGranted: true }))
        {
            budget = after;
        }

        Assert.False(budget.Lease(SlackUse.State, "#one", Noon.AddHours(-1)).Lease.IsGranted);
    }

    [Fact]
    public void A_channel_with_little_to_say_does_not_wait_for_one_with_much()
    {
        var (budget, now, waited) = (WorkspaceBudget.Of(Options, Noon), Noon, TimeSpan.Zero);
        for (; now < Noon.AddSeconds(60); now = now.AddMilliseconds(100))
        {
            (budget, _) = budget.Lease(SlackUse.State, "#much", now); // asks whenever it can
        }

        for (var asked = now; ; now = now.AddMilliseconds(100))
        {
            (budget, _) = budget.Lease(SlackUse.State, "#much", now);
            (budget, var lease) = budget.Lease(SlackUse.State, "#little", now);
            if (lease.IsGranted)
            {
                waited = now - asked;
                break;
            }
        }

        Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromSeconds(3.1)); // a turn of the other, and its own
    }

    [Fact]
    public void Searches_that_Slack_limits_wait_alone()
    {
        var budget = WorkspaceBudget.Of(Options, Noon).With(new(SlackDelay.RateLimited, SlackUse.Search, TimeSpan.FromSeconds(30), "ratelimited"), Noon);

        Assert.Equal(SlackDelay.RateLimited, budget.Lease(SlackUse.Search, "#one", Noon).Lease.Why);
        Assert.True(budget.Lease(SlackUse.State, "#one", Noon).Lease.IsGranted);
    }

    private static List<DateTimeOffset> Granted(SlackUse use, TimeSpan during)
    {
        var (budget, granted) = (WorkspaceBudget.Of(Options, Noon), new List<DateTimeOffset>());
        for (var now = Noon; now < Noon + during; now = now.AddMilliseconds(100))
        {
            var (after, lease) = budget.Lease(use, "#one", now);
            if (lease.IsGranted)
            {
                budget = after;
                granted.Add(now);
            }
        }

        return granted;
    }
}
