using System.Text.Json.Nodes;
using Incidents.Grains.Slack;
using Incidents.TestKit;
using Incidents.TestKit.FakeSlack;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

/// <summary>What the fake sends when somebody presses is of the shape that Slack sends.</summary>
public sealed class FakePressTests : IAsyncLifetime
{
    /// <summary>What an app says of a view; Slack adds the rest.</summary>
    private static readonly string[] Given =
    [
        "type", "title", "blocks", "private_metadata", "callback_id", "submit", "close", "clear_on_close", "notify_on_close",
    ];

    private FakeWorkspace _slack = null!;
    private SlackCalls _calls = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeMessage Message => _slack.Messages("#incidents")[0];

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

    [Fact]
    public async Task A_press_is_of_the_recorded_shape()
    {
        var card = SlackCalls.Card("new");
        var isBelow = new SlackMessage("new", [card.Attachments[0]!["blocks"]![0]!.DeepClone()], []);
        await _calls.Client.Post("#incidents", isBelow, SlackCalls.Mark(), Cancel);

        var payload = Payload(_slack.Press(Message, "incident_acknowledge", FakeUser.OnCall));

        var recorded = JsonNode.Parse(Fixtures.Read("slack/block_actions_ack.json"))!.AsObject();
        Assert.Equal(Shape(recorded, "message", "actions"), Shape(payload, "message", "actions"));
        Assert.Equal(Shape(recorded["message"]!, "blocks"), Shape(payload["message"]!, "blocks"));
        Assert.Empty(Shape(payload["actions"]![0]!).Except(Shape(recorded["actions"]![0]!)));
    }

    [Fact]
    public async Task A_card_can_be_pressed_as_it_was_before_it_changed()
    {
        var posted = await _calls.Client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), Cancel);
        await _calls.Client.Edit(posted.Channel!, posted.Ts!, SlackMessage.Plain("resolved"), Cancel);

        Assert.Throws<ArgumentException>(() => _slack.Press(Message, "incident_acknowledge", FakeUser.OnCall));
        var payload = Payload(_slack.Press(Message, "incident_acknowledge", FakeUser.OnCall, Message.Versions[0]));

        Assert.Equal("new", payload["message"]!["text"]!.GetValue<string>());
        Assert.Equal(posted.Ts, payload["container"]!["message_ts"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_view_that_is_sent_off_is_of_the_recorded_shape()
    {
        var recorded = JsonNode.Parse(Fixtures.Read("slack/view_submission_mute.json"))!.AsObject();
        await _calls.Client.Post("#incidents", SlackCalls.Card("new"), SlackCalls.Mark(), Cancel);
        var press = Payload(_slack.Press(Message, "incident_acknowledge", FakeUser.OnCall));
        var view = new JsonObject(recorded["view"]!.AsObject()
            .Where(static one => Given.Contains(one.Key))
            .Select(static one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())));
        var reply = await _calls.Client.OpenView(press["trigger_id"]!.GetValue<string>(), view, Cancel);
        Assert.Equal((SlackOutcome.Done, null), (reply.Outcome, reply.Error));

        var full = Payload(_slack.Submit(
            _slack.Views[0], ("mute_duration", "inc_01JD3X:14400"), ("mute_reason", "배포 중 (deploy #1234) <!channel>")));
        var empty = Payload(_slack.Submit(_slack.Views[0]));

        Assert.Equal(Shape(recorded), Shape(full));
        Assert.Equal(recorded["view"]!["state"]!.ToJsonString(), full["view"]!["state"]!.ToJsonString());
        Assert.Equal(
            """{"mute_duration":{"duration":{"type":"static_select","selected_option":null}},"mute_reason":"""
            + """{"reason":{"type":"plain_text_input","value":null}}}""",
            empty["view"]!["state"]!["values"]!.ToJsonString());
        Assert.Throws<ArgumentException>(() => _slack.Submit(_slack.Views[0], ("mute_reasons", "misspelt")));
    }

    private static JsonObject Payload(SignedForm form) => JsonNode.Parse(Uri.UnescapeDataString(form.Body["payload=".Length..]))!.AsObject();

    /// <summary>The names of all members, those of members that are objects below them.</summary>
    private static List<string> Shape(JsonNode node, params string[] except) =>
    [
        .. node.AsObject().OrderBy(static one => one.Key, StringComparer.Ordinal)
            .SelectMany(one => one.Value is JsonObject inner && !except.Contains(one.Key)
                ? Shape(inner, except).Select(name => $"{one.Key}.{name}").Append(one.Key)
                : [one.Key]),
    ];
}
