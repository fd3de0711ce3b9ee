using Incidents.Grains.Slack;
using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

/// <summary>What goes wrong with a post, and whether the client knows that nothing was posted.</summary>
public sealed class SlackFaultTests
{
    private static readonly Dictionary<string, (Fault Fault, SlackOutcome Outcome, string Error, bool IsThere)> Table = new()
    {
        ["429"] = (Fault.RateLimited("7"), SlackOutcome.RateLimited, "ratelimited", false),
        ["429 as a page"] = (Fault.Answer(429), SlackOutcome.RateLimited, "ratelimited", false),
        ["ratelimited"] = (Fault.Error("ratelimited"), SlackOutcome.RateLimited, "ratelimited", false),
        ["500"] = (Fault.Answer(500), SlackOutcome.Unsure, "HTTP 500", false),
        ["500 when done"] = (Fault.Answer(500) with { IsCarriedOut = true }, SlackOutcome.Unsure, "HTTP 500", true),
        ["503"] = (Fault.Answer(503, "", "text/plain"), SlackOutcome.Unsure, "HTTP 503", false),
        ["408"] = (Fault.Answer(408), SlackOutcome.Unsure, "HTTP 408", false),
        ["internal_error"] = (Fault.Error("internal_error"), SlackOutcome.Unsure, "internal_error", false),
        ["dropped"] = (Fault.Drop, SlackOutcome.Unsure, "", false),
        ["dropped when done"] = (Fault.Drop with { IsCarriedOut = true }, SlackOutcome.Unsure, "", true),
        ["a page"] = (Fault.Answer(200, "<html>Login</html>"), SlackOutcome.Unsure, "HTTP 200 without an answer of Slack", false),
        ["half an answer"] = (Json("""{"ok":true,"channel":"C0"""), SlackOutcome.Unsure, "HTTP 200 without an answer of Slack", false),
        ["nothing"] = (Json(""), SlackOutcome.Unsure, "HTTP 200 without an answer of Slack", false),
        ["a list"] = (Json("[]"), SlackOutcome.Unsure, "HTTP 200 without an answer of Slack", false),
        ["no error"] = (Json("""{"ok":false}"""), SlackOutcome.Unsure, "HTTP 200 that says neither ok nor error", false),
        ["wrong types"] = (Json("""{"ok":"true","error":7}"""), SlackOutcome.Unsure, "HTTP 200 that says neither ok nor error", false),
        ["no message"] = (Json("""{"ok":true}"""), SlackOutcome.Unsure, "an answer without channel and ts", false),
        ["no channel"] = (Json("""{"ok":true,"channel":"","ts":"1.2"}"""), SlackOutcome.Unsure, "an answer without channel and ts", false),
        ["no time"] = (Json("""{"ok":true,"channel":"C0INCIDENT1","ts":"1.２"}"""), SlackOutcome.Unsure, "an answer without channel and ts", false),
        ["far too much"] = (Json(new(' ', 17 * 1024 * 1024)), SlackOutcome.Unsure, "ConfigurationLimitExceeded", false),
        ["a redirect"] = (Fault.Answer(302), SlackOutcome.NotSent, "HTTP 302: redirected, so this is not Slack's address", false),
        ["a gateway's page"] = (Fault.Answer(404), SlackOutcome.NotSent, "HTTP 404 without an answer of Slack", false),
        ["an error with 403"] = (Json("""{"ok":false,"error":"token_revoked"}""", 403), SlackOutcome.TokenBroken, "token_revoked", false),
        ["too large"] = (Fault.Answer(413), SlackOutcome.Refused, "HTTP 413", false),
        ["an unknown error"] = (Fault.Error("of_tomorrow"), SlackOutcome.Unknown, "of_tomorrow", false),
        ["is_archived"] = (Fault.Error("is_archived"), SlackOutcome.ChannelBroken, "is_archived", false),
        ["message_not_found"] = (Fault.Error("message_not_found"), SlackOutcome.MessageGone, "message_not_found", false),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faults => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_has_its_outcome(string name)
    {
        var (fault, outcome, error, isThere) = Table[name];
        await using var slack = await FakeWorkspace.Start(TimeProvider.System, FakeLimits.None);
        using var calls = new SlackCalls(slack, TimeProvider.System);
        await calls.Client.Post("#incidents", SlackCalls.Card("a connection that is open already"), SlackCalls.Mark(9), Cancel);
        slack.Fail(SlackMethods.Post, fault, calls: 1);

        var reply = await calls.Client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), Cancel);

        Assert.Equal(outcome, reply.Outcome);
        Assert.StartsWith(error, reply.Error, StringComparison.Ordinal);
        Assert.NotEmpty(reply.Error!);
        Assert.Equal(isThere, slack.Messages("#incidents").Any(static message => message.Text == "new"));
        Assert.Equal(2, slack.Calls.Count); // nothing below repeats a call
        Assert.Contains(reply.Error!, calls.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("0", 1)]
    [InlineData("86400", 600)]
    [InlineData(null, 10)]
    [InlineData("soon", 10)]
    [InlineData("99999999999999", 10)]
    [InlineData("Thu, 01 Jan 2026 00:00:42 GMT", 42)]
    [InlineData("Wed, 31 Dec 2025 00:00:00 GMT", 1)]
    public async Task Slack_says_how_long_to_wait_within_reason(string? header, int seconds)
    {
        var clock = new FakeTimeProvider(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var slack = await FakeWorkspace.Start(clock, FakeLimits.None);
        using var calls = new SlackCalls(slack, clock);
        slack.Fail(SlackMethods.Post, Fault.RateLimited(header));

        var reply = await calls.Client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), Cancel);

        Assert.Equal(TimeSpan.FromSeconds(seconds), reply.RetryAfter);
    }

    [Fact]
    public async Task A_late_answer_is_not_waited_for_and_the_message_may_be_there_all_the_same()
    {
        var clock = new FakeTimeProvider();
        await using var slack = await FakeWorkspace.Start(clock, FakeLimits.None);
        using var calls = new SlackCalls(slack, clock);
        slack.Fail(SlackMethods.Post, Fault.Late(TimeSpan.FromSeconds(40)));

        var post = calls.Client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), Cancel);
        await Within.Deadline("Slack has the call", () => Task.FromResult(slack.Calls.Count == 1));
        clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(new(SlackOutcome.Unsure, "no answer within 15 s"), await post);
        Assert.Empty(slack.Messages("#incidents"));
        await Within.Deadline("Slack posts it late", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            return Task.FromResult(slack.Messages("#incidents").Count == 1);
        });
    }

    [Fact]
    public async Task A_call_that_its_caller_gives_up_throws()
    {
        await using var slack = await FakeWorkspace.Start(TimeProvider.System, FakeLimits.None);
        using var calls = new SlackCalls(slack, TimeProvider.System);
        using var cancel = new CancellationTokenSource();
        slack.Fail(SlackMethods.Post, Fault.Late(TimeSpan.FromMinutes(1)));

        var post = calls.Client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), cancel.Token);
        await Within.Deadline("Slack has the call", () => Task.FromResult(slack.Calls.Count == 1));
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => post);
    }

    private static Fault Json(string body, int status = 200) => Fault.Answer(status, body, "application/json");
}
