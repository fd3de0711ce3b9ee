using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Incidents.Grains.Slack;
using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

/// <summary>The token and the address of an incoming webhook open Slack to whoever reads them.</summary>
public sealed class SlackSecretTests
{
    private static readonly string[] Methods =
        [SlackMethods.Post, SlackMethods.Update, SlackMethods.History, SlackMethods.Conversations, SlackMethods.OpenView, SlackMethods.Webhook];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Answers => ["word", "page", "redirect", "500", "dropped", "details"];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task What_Slack_answers_brings_no_secret_into_an_error_or_the_log(string answer)
    {
        await using var slack = await FakeWorkspace.Start(TimeProvider.System, FakeLimits.None);
        using var calls = new SlackCalls(slack, TimeProvider.System);
        var echo = $"{slack.WebhookUrl} Bearer {FakeWorkspace.Token} {slack.WebhookUrl.AbsolutePath}\n{new string('x', 500)}";
        foreach (var method in Methods)
        {
            slack.Fail(method, answer switch
            {
                "word" => Fault.Error(echo),
                "page" => Fault.Answer(403, echo),
                "redirect" => Fault.Answer(302, echo),
                "500" => Fault.Answer(500, echo),
                "dropped" => Fault.Drop,
                _ => Fault.Answer(200, new JsonObject { ["ok"] = false, ["error"] = "missing_scope", ["needed"] = echo }.ToJsonString()),
            });
        }

        var replies = await All(calls.Client);

        Assert.All(replies, static reply => AssertNoSecret(reply.Error!));
        AssertNoSecret(calls.Log);
    }

    [Fact]
    public async Task What_cannot_be_reached_brings_no_secret_into_an_error_or_the_log()
    {
        await using var slack = await FakeWorkspace.Start(TimeProvider.System, FakeLimits.None);
        var nobody = $"http://127.0.0.1:{FreePort.Next()}/";
        using var calls = new SlackCalls(slack, TimeProvider.System, options =>
            (options.ApiBaseUrl, options.WebhookUrl) = ($"{nobody}api/", $"{nobody}services/T0/B0/fakewebhooksecret"));

        var replies = await All(calls.Client);

        Assert.All(replies, static reply => AssertNoSecret(reply.Error!));
        AssertNoSecret(calls.Log);
    }

    [Fact]
    public async Task A_page_that_shows_the_path_which_was_asked_for_is_not_shown()
    {
        await using var slack = await FakeWorkspace.Start(TimeProvider.System, FakeLimits.None);
        using var calls = new SlackCalls(slack, TimeProvider.System);
        slack.Fail(SlackMethods.Webhook, Fault.Answer(404, "Cannot POST /hooks/s3cret"));

        Assert.Equal("HTTP 404", (await calls.Client.Tell("new", Cancel)).Error);
    }

    [Fact]
    public async Task The_token_goes_nowhere_but_to_Slack_s_methods()
    {
        await using var slack = await FakeWorkspace.Start(TimeProvider.System, FakeLimits.None);
        await using var elsewhere = await FakeWorkspace.Start(TimeProvider.System, FakeLimits.None);
        using var calls = new SlackCalls(slack, TimeProvider.System);
        slack.Fail(SlackMethods.Post, Fault.Redirect(new Uri(elsewhere.ApiBaseUrl, SlackMethods.Post)));

        var redirected = await calls.Client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), Cancel);
        await calls.Client.Tell("new", Cancel);

        Assert.Equal(SlackOutcome.NotSent, redirected.Outcome);
        Assert.Empty(elsewhere.Calls);
        Assert.DoesNotContain("Authorization", slack.Calls[^1].Headers);
        Assert.Equal(SlackMethods.Webhook, slack.Calls[^1].Method);
    }

    [Fact]
    public async Task No_span_holds_an_address_and_Slack_hears_of_no_trace()
    {
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name.StartsWith("System.Net.Http", StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => spans.Enqueue(string.Join(' ', activity.TagObjects)),
        };
        ActivitySource.AddActivityListener(listener);
        await using var slack = await FakeWorkspace.Start(TimeProvider.System, FakeLimits.None);
        using var calls = new SlackCalls(slack, TimeProvider.System);
        using var span = new Activity("whatever").Start();

        await calls.Client.Tell("new", Cancel);

        Assert.DoesNotContain(spans, static tags => tags.Contains("fakewebhooksecret", StringComparison.Ordinal));
        Assert.DoesNotContain("traceparent", Assert.Single(slack.Calls).Headers);
    }

    private static async Task<IReadOnlyList<SlackReply>> All(SlackClient client)
    {
        List<SlackReply> replies =
        [
            await client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), Cancel),
            await client.Edit("C0INCIDENT1", "1795140963.000200", SlackCalls.Card("new"), Cancel),
            await client.Find("#incidents", SlackCalls.Mark(), TimeProvider.System.GetUtcNow(), Cancel),
            await client.Find("C0INCIDENT1", SlackCalls.Mark(), TimeProvider.System.GetUtcNow(), Cancel),
            await client.OpenView("1.2.3", [], Cancel),
            await client.Tell("new", Cancel),
        ];
        Assert.All(replies, static reply => Assert.NotEqual(SlackOutcome.Done, reply.Outcome));
        Assert.All(replies, static reply => Assert.InRange(reply.Error!.Length, 1, 200));
        return replies;
    }

    private static void AssertNoSecret(string text)
    {
        Assert.NotEmpty(text);
        Assert.All(
            ["xoxb", FakeWorkspace.Token[5..], "fakewebhooksecret", "://", "/services/"],
            secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
    }
}
