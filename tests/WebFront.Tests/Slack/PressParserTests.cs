using System.Text;
using System.Text.Json.Nodes;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Incidents.WebFront.Slack;

namespace Incidents.WebFront.Tests.Slack;

public sealed class PressParserTests
{
    private const string Id = "INC-20260102030405-0123456789abcdef";
    private const string Memo = """{"incident":"INC-20260102030405-0123456789abcdef","revision":3,"response_url":"https://hooks.slack.com/actions/1"}""";

    private static readonly PressedCard Card = new(Incident(), 3, new("https://hooks.slack.com/actions/1"));
    private static readonly SlackUser Kim = SlackUser.Of("U045ONCALL", "minsu.kim")!;

    [Theory]
    [InlineData("incident_acknowledge", CommandKind.Acknowledge)]
    [InlineData("incident_unacknowledge", CommandKind.Unacknowledge)]
    public void A_button_says_of_which_card_it_was_and_who_pressed(string action, CommandKind kind) => Assert.Equal(
        new SlackPress.Order(kind, Card, Kim), Read(Button(action)));

    [Fact]
    public void Resolve_asks_first() => Assert.Equal(
        new SlackPress.Resolve(Card, Kim, "13345224609.738474920.8088930838d88f008e0"), Read(Button("incident_resolve")));

    [Fact]
    public void What_Slack_leaves_out_or_adds_matters_not()
    {
        var press = Button("incident_acknowledge");
        foreach (var gone in (string[])["message", "container", "channel", "state", "trigger_id", "api_app_id", "token", "is_enterprise_install"])
        {
            press.Remove(gone);
        }

        press["team"] = null;
        press["new_member"] = new JsonArray(1, null, new JsonObject());
        press.Remove("response_url");
        press["user"]!.AsObject().Remove("name");

        Assert.Equal(new SlackPress.Order(CommandKind.Acknowledge, Card with { ResponseUrl = null }, Kim), Read(press));
    }

    [Theory]
    [InlineData("block_actions_ack")] // another app's buttons and values
    [InlineData("block_actions_resolve")]
    [InlineData("block_actions_ephemeral_no_message")]
    [InlineData("block_actions_mute_select")]
    [InlineData("block_actions_url_button_no_value")]
    [InlineData("view_submission_mute")]
    [InlineData("view_closed")]
    public void What_is_not_ours_is_passed_over(string fixture) =>
        Assert.IsType<SlackPress.Ignored>(Read(SlackBody.Fixture(fixture)));

    [Theory]
    [InlineData(Id)]
    [InlineData(Id + " x")]
    [InlineData(Id + " -1")]
    [InlineData(Id + " 3 4")]
    [InlineData("INC-1 3")]
    [InlineData("")]
    public void A_value_that_no_card_of_ours_has_is_passed_over(string value)
    {
        var press = Button("incident_acknowledge");
        press["actions"]![0]!["value"] = value;

        Assert.IsType<SlackPress.Ignored>(Read(press));
    }

    [Theory]
    [InlineData("""{"type":"block_actions"}""")]
    [InlineData("""{"type":"block_actions","user":null,"actions":null}""")]
    [InlineData("""{"type":"block_actions","user":{"id":"U1\nX"},"actions":[]}""")]
    [InlineData("""{"type":"block_actions","user":{"id":"U045ONCALL"},"actions":[null,3,"x",{}]}""")]
    [InlineData("""{"type":"view_submission","user":{"id":"U045ONCALL"},"view":"x"}""")]
    [InlineData("""{"type":["block_actions"],"user":{"id":"U045ONCALL"}}""")]
    [InlineData("{}")]
    public void A_payload_without_what_it_needs_is_passed_over(string payload) =>
        Assert.IsType<SlackPress.Ignored>(Read(JsonNode.Parse(payload)!));

    [Fact]
    public void A_check_of_Slacks_is_no_press() =>
        Assert.IsType<SlackPress.Ignored>(PressParser.Read(Fixtures.Read("slack/slash_command_ssl_check.form")));

    [Theory]
    [InlineData("payload=%7B")]
    [InlineData("payload=[]")]
    [InlineData("payload=")]
    [InlineData("payload={}&payload={}")]
    [InlineData("payload=%FF%FE")]
    [InlineData("no=payload")]
    [InlineData("")]
    [InlineData("{}")]
    public void A_body_that_says_nothing_cannot_be_read(string body) => Assert.Null(PressParser.Read(Encoding.Latin1.GetBytes(body)));

    [Fact]
    public void Nesting_without_end_cannot_be_read() =>
        Assert.Null(PressParser.Read(Encoding.UTF8.GetBytes("payload=" + new string('[', 100_000))));

    [Fact]
    public void A_form_comes_back_with_what_was_written()
    {
        var press = SlackBody.Answer(Memo, "V1", " 노드 재시작 🛠 <!channel>\u202e\n", "leak", Choice("true"));

        Assert.Equal(new SlackPress.ResolutionAnswered(Card, Kim, "V1", "노드 재시작 🛠 <!channel>", "leak", true), Read(press));
    }

    [Fact]
    public void What_was_left_empty_is_not_known()
    {
        Assert.Equal(new SlackPress.ResolutionAnswered(Card, Kim, "V1", null, null, null), Read(SlackBody.Answer(Memo, "V1", "  ")));
        var without = SlackBody.Answer(Memo, "V1");
        without["view"]!["state"] = null;
        Assert.Equal(new SlackPress.ResolutionAnswered(Card, Kim, "V1", null, null, null), Read(without));
    }

    [Fact]
    public void Whether_it_is_noise_may_be_a_selection_or_a_box()
    {
        Assert.False(Noise(Choice("false")));
        Assert.True(Noise(new JsonObject { ["selected_options"] = new JsonArray(new JsonObject { ["value"] = "true" }) }));
        Assert.Null(Noise(new JsonObject { ["selected_options"] = new JsonArray() }));
        Assert.Null(Noise(new JsonObject { ["selected_option"] = null }));

        static bool? Noise(JsonNode choice) => ((SlackPress.ResolutionAnswered)Read(SlackBody.Answer(Memo, choice: choice))!).IsNoise;
    }

    [Fact]
    public void A_long_text_is_cut_to_what_the_API_takes() => Assert.Equal(
        4096, ((SlackPress.ResolutionAnswered)Read(SlackBody.Answer(Memo, actionTaken: new('x', 5000)))!).ActionTaken!.Length);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"incident":"INC-1","revision":3}""")]
    [InlineData("""{"incident":"INC-20260102030405-0123456789abcdef","revision":"3"}""")]
    public void A_form_of_somebody_else_is_passed_over(string memo) => Assert.IsType<SlackPress.Ignored>(Read(SlackBody.Answer(memo)));

    [Fact]
    public void What_a_form_carries_along_comes_back()
    {
        Assert.Equal(Card, FormMemo.Read(FormMemo.Write(Card)));
        Assert.Equal(Card with { ResponseUrl = null }, FormMemo.Read(FormMemo.Write(Card with { ResponseUrl = null })));
        var endless = Card with { ResponseUrl = new("https://hooks.slack.com/" + new string('x', 3000)) };
        Assert.Equal(Card with { ResponseUrl = null }, FormMemo.Read(FormMemo.Write(endless)));
    }

    private static IncidentId Incident() => IncidentId.TryParse(Id, out var id) ? id : default;

    private static JsonObject Button(string action) => SlackBody.Button(action, Id, 3, responseUrl: "https://hooks.slack.com/actions/1");

    private static JsonObject Choice(string value) => new() { ["selected_option"] = new JsonObject { ["value"] = value } };

    private static SlackPress? Read(JsonNode payload) => PressParser.Read(SlackBody.Form(payload));
}
