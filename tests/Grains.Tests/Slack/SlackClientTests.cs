using System.Text.Json.Nodes;
using Incidents.Grains.Slack;
using Incidents.TestKit.FakeSlack;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

/// <summary>What the client asks of Slack, and what it makes of its answers.</summary>
public sealed class SlackClientTests : IAsyncLifetime
{
    private FakeWorkspace _slack = null!;
    private SlackCalls _calls = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SlackClient Client => _calls.Client;

    public async ValueTask InitializeAsync()
    {
        _slack = await FakeWorkspace.Start(TimeProvider.System, FakeLimits.None);
        _calls = new(_slack, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Dispose();
        await _slack.DisposeAsync();
    }

    [Theory]
    [InlineData("#incidents")]
    [InlineData("C0INCIDENT1")]
    public async Task A_card_is_posted_with_its_mark_and_the_answer_names_channel_and_message(string channel)
    {
        var reply = await Client.Post(channel, SlackCalls.Card("new"), SlackCalls.Mark(raised: 3), Cancel);

        var message = Assert.Single(_slack.Messages("#incidents"));
        Assert.Equal(new(SlackOutcome.Done, Channel: "C0INCIDENT1", Ts: message.Ts), reply);
        Assert.Equal(
            """{"event_type":"incident_card","event_payload":{"incident_id":"INC-20260102030405-0123456789abcdef","raised":3,"posted_at":3000000}}""",
            message.Now.Content["metadata"]!.ToJsonString());
        Assert.Equal("incident_acknowledge", Assert.Single(message.Now.Buttons)["action_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_post_makes_no_previews_no_links_of_its_own_and_no_mentions_of_names()
    {
        await Client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), Cancel);

        var sent = Assert.Single(_slack.Calls).Arguments;
        Assert.Equal(
            "false false none false", $"{sent["unfurl_links"]} {sent["unfurl_media"]} {sent["parse"]} {sent["link_names"]}");
        Assert.False(sent.ContainsKey("token"));
    }

    [Fact]
    public async Task An_edit_replaces_all_and_keeps_the_mark()
    {
        var posted = await Client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), Cancel);

        var reply = await Client.Edit(posted.Channel!, posted.Ts!, SlackMessage.Plain("resolved"), Cancel);

        Assert.Equal(posted, reply);
        var message = Assert.Single(_slack.Messages("#incidents"));
        Assert.Equal("resolved", message.Text);
        Assert.Empty(message.Now.Buttons);
        Assert.False(message.Now.Content.ContainsKey("blocks"));
        Assert.Equal(SlackCalls.Mark().IncidentId.Value, message.IncidentId);
        Assert.Equal(["new", "resolved"], message.Versions.Select(static version => version.Text));
        var sent = _slack.Calls[^1].Arguments;
        Assert.Equal("[][]none", $"{sent["blocks"]!.ToJsonString()}{sent["attachments"]!.ToJsonString()}{sent["parse"]}");
        Assert.False(sent.ContainsKey("unfurl_links"));
    }

    [Fact]
    public async Task A_message_is_the_same_however_often_it_is_sent()
    {
        var card = SlackCalls.Card("new");

        await Client.Post("#incidents", card, SlackCalls.Mark(), Cancel);
        await Client.Post("#incidents", card, SlackCalls.Mark(raised: 2), Cancel);

        Assert.Equal(2, _slack.Messages("#incidents").Count);
    }

    [Fact]
    public async Task A_line_goes_through_the_incoming_webhook()
    {
        var reply = await Client.Tell("new: <https://example.com|3 alerts> 서울 😀", Cancel);

        Assert.Equal(new(SlackOutcome.Done), reply);
        Assert.Equal("new: <https://example.com|3 alerts> 서울 😀", Assert.Single(_slack.Messages("#incidents")).Text);
        Assert.Equal("false", _slack.Calls[^1].Arguments["unfurl_links"]!.ToJsonString());
    }

    [Fact]
    public async Task A_view_opens_once_for_a_press()
    {
        var posted = await Client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), Cancel);
        var form = _slack.Press(_slack.Messages(posted.Channel!)[0], "incident_acknowledge", FakeUser.OnCall);
        var trigger = JsonNode.Parse(Uri.UnescapeDataString(form.Body["payload=".Length..]))!["trigger_id"]!.GetValue<string>();
        JsonObject view = new()
        {
            ["type"] = "modal",
            ["callback_id"] = "incident_resolution",
            ["title"] = new JsonObject { ["type"] = "plain_text", ["text"] = "Resolve" },
            ["blocks"] = new JsonArray(),
        };

        var first = await Client.OpenView(trigger, view, Cancel);
        var second = await Client.OpenView(trigger, view, Cancel);

        Assert.Equal((SlackOutcome.Done, null), (first.Outcome, first.Error));
        Assert.Equal((SlackOutcome.Refused, "exchanged_trigger_id"), (second.Outcome, second.Error));
        Assert.Equal((FakeUser.OnCall, "incident_resolution"), (Assert.Single(_slack.Views).User, _slack.Views[0].CallbackId));
    }
}
