using System.Net;
using System.Text.Json;
using Incidents.TestKit.FakeSlack;
using Incidents.WebFront.Tests.Whole;

namespace Incidents.WebFront.Tests.Slack;

/// <summary>People press buttons: from Slack's signed request to the incident and back to who pressed.</summary>
public sealed class PressFlowTests(PressedSystem pressed) : IClassFixture<PressedSystem>
{
    private const string Acknowledge = "incident_acknowledge";
    private const string Resolve = "incident_resolve";
    private const string Kim = "minsu.kim (Slack U045ONCALL)";
    private const string Lee = "jiwon.lee (Slack U046SECOND)";

    [Fact]
    public async Task Pressed_twice_it_acts_once_and_who_comes_after_hears_who_was_first()
    {
        var (id, card) = await pressed.Open();

        await pressed.Press(card, Acknowledge, FakeUser.OnCall);
        await pressed.Becomes(id, "acknowledged", 2);
        await pressed.Press(card, Acknowledge, FakeUser.OnCall);
        await pressed.Press(card, Acknowledge, FakeUser.Other);

        var whisper = Assert.Single(await pressed.Whispers(card, 1));
        Assert.Equal(FakeUser.Other, whisper.User);
        Assert.Matches($"^Not done: {id} has changed since this card was drawn: it was acknowledged by minsu.kim .*, severity critical.", whisper.Text);
        Assert.Equal([$"acknowledged {Kim}"], await pressed.Deeds(id));
    }

    [Fact]
    public async Task The_audit_has_who_pressed_what_and_what_came_of_it()
    {
        var (id, card) = await pressed.Open();

        await pressed.Press(card, Acknowledge, FakeUser.OnCall);
        await pressed.Becomes(id, "acknowledged", 2);
        await pressed.Press(card, Acknowledge, FakeUser.Other);
        await pressed.Whispers(card, 1);

        var rows = await pressed.System.Database.Rows(
            "SELECT CONCAT_WS(' ', via, remote_address, actor, action, outcome) FROM audit WHERE target = ? ORDER BY audit_id", id);
        Assert.Equal([$"slack {Kim} acknowledge done", $"slack {Lee} acknowledge stale_revision"], rows.ConvertAll(static row => (string)row[0]!));
    }

    [Fact]
    public async Task Of_two_at_once_one_acts_and_the_other_is_told()
    {
        var (id, card) = await pressed.Open();

        await Task.WhenAll(pressed.Press(card, Acknowledge, FakeUser.OnCall), pressed.Press(card, Acknowledge, FakeUser.Other));

        var whisper = Assert.Single(await pressed.Whispers(card, 1));
        var first = whisper.User == FakeUser.Other ? Kim : Lee;
        Assert.Equal([$"acknowledged {first}"], await pressed.Deeds(id));
    }

    [Fact]
    public async Task A_stale_card_says_what_became_of_the_incident_and_a_new_one_goes_on()
    {
        var (id, card) = await pressed.Open();
        await pressed.Press(card, Acknowledge, FakeUser.OnCall);
        await pressed.Becomes(id, "acknowledged", 2);
        await pressed.Press(pressed.Card(id, 2), "incident_unacknowledge", FakeUser.Other);
        await pressed.Becomes(id, "active", 3);
        await pressed.System.Command(id, "resolve", """{"by":"jisu.park"}""");

        await pressed.Press(card, Acknowledge, FakeUser.Other);

        var whisper = Assert.Single(await pressed.Whispers(card, 1));
        Assert.Matches($"^Not done: {id} was resolved by jisu.park \\(as local says\\) ", whisper.Text);
        Assert.Equal([$"acknowledged {Kim}", $"unacknowledged {Lee}", "resolved local"], await pressed.Deeds(id));
    }

    [Fact]
    public async Task Resolve_asks_and_what_is_answered_stays_with_the_incident()
    {
        var (id, card) = await pressed.Open();

        await pressed.Press(card, Resolve, FakeUser.OnCall);
        await pressed.Press(card, Resolve, FakeUser.Other);
        var (kims, lees) = (await Form(FakeUser.OnCall, id), await Form(FakeUser.Other, id));
        (string, string)[] answers = [("action_taken", "노드 재시작 🛠"), ("root_cause", "<!channel> leak"), ("is_noise", "false")];
        Assert.Equal((HttpStatusCode.OK, ""), await pressed.Send(pressed.Slack.Submit(kims, answers)));
        await pressed.Becomes(id, "resolved", 2);
        await pressed.Send(pressed.Slack.Submit(kims, answers));
        await pressed.Send(pressed.Slack.Submit(lees));

        var whisper = Assert.Single(await pressed.Whispers(card, 1));
        Assert.Equal(FakeUser.Other, whisper.User);
        Assert.Contains("was resolved by minsu.kim ", whisper.Text, StringComparison.Ordinal);
        var found = await pressed.System.Read($"/api/incidents/{id}");
        Assert.Equal((Kim, "노드 재시작 🛠", "<!channel> leak", "False"),
            (found.Text("resolved_by"), found.Text("action_taken"), found.Text("root_cause"), found.Text("is_noise")));
        Assert.Equal([$"resolved {Kim}"], await pressed.Deeds(id));
    }

    [Fact]
    public async Task A_form_that_does_not_open_is_told_to_who_asked()
    {
        var (id, card) = await pressed.Open();
        var form = pressed.Slack.Press(card, Resolve, FakeUser.OnCall);
        lock (pressed.Slack.Gate)
        {
            pressed.Slack.Triggers.Values.Last().IsUsed = true; // too late
        }

        await pressed.Send(form);

        var whisper = Assert.Single(await pressed.Whispers(card, 1));
        Assert.Equal($"The form to resolve {id} could not be opened. Please press again.", whisper.Text);
    }

    [Fact]
    public async Task The_same_request_again_is_refused()
    {
        var (id, card) = await pressed.Open();
        var form = pressed.Slack.Press(card, Acknowledge, FakeUser.OnCall);

        Assert.Equal((HttpStatusCode.OK, ""), await pressed.Send(form));
        Assert.Equal((HttpStatusCode.Unauthorized, "replayed"), await pressed.Send(form));
        await pressed.Becomes(id, "acknowledged", 2);
    }

    [Fact]
    public async Task A_name_is_a_name_whatever_is_in_it()
    {
        var (id, card) = await pressed.Open();
        await pressed.Press(card, Acknowledge, new("U0HOSTILE1", "<!channel>\n*boss*\u202e <https://evil.example.com|x>" + new string('x', 500)));
        await pressed.Becomes(id, "acknowledged", 2);

        await pressed.Press(card, Acknowledge, FakeUser.Other);

        var deed = Assert.Single(await pressed.Deeds(id));
        Assert.StartsWith("acknowledged <!channel> *boss* <https://evil.example.com|x>xxx", deed, StringComparison.Ordinal);
        Assert.EndsWith(" (Slack U0HOSTILE1)", deed, StringComparison.Ordinal);
        Assert.Equal("acknowledged ".Length + 190, deed.Length);
        var whisper = Assert.Single(await pressed.Whispers(card, 1));
        Assert.Contains("by &lt;!channel&gt; *boss* &lt;https://evil.example.com|x&gt;", whisper.Text, StringComparison.Ordinal);
        Assert.Equal("plain_text", (string?)whisper.Content["blocks"]![0]!["text"]!["type"]);
    }

    [Fact]
    public async Task The_API_tells_where_the_message_is_and_how_its_channel_does()
    {
        var (id, _) = await pressed.Open();
        await TestKit.Within.Deadline("its card is posted", async () => (await Card(id)) is { } card && card.Text("state") == "sent");

        var card = (await Card(id))!.Value;
        var message = Assert.Single(pressed.Slack.Messages("#incidents"), message => message.IncidentId == id);
        Assert.Equal(("#incidents", message.Channel.Id, message.Ts, "1", "1"), (
            card.Text("channel"), card.Text("message_channel"), card.Text("message_ts"), card.Text("sent_revision"), card.Text("desired_revision")));

        JsonElement slack = default; // what silos say is looked at once a second for all
        await TestKit.Within.Deadline("its channel is shown", async () =>
            (slack = (await pressed.System.Read("/api/system")).GetProperty("slack")).Texts("channels", "channel").Contains("#incidents"));
        Assert.Equal(("bot", ""), (slack.Text("mode"), slack.Text("token_error")));
    }

    [Fact]
    public async Task A_token_that_Slack_refuses_is_seen_in_health_until_it_is_taken_again()
    {
        var cancel = TestContext.Current.CancellationToken;
        pressed.Slack.TokenError = "token_revoked";
        var (id, _) = await pressed.Open();

        await TestKit.Within.Deadline("health is degraded", async () => await pressed.System.Health(cancel) == "degraded");
        Assert.Equal(HttpStatusCode.OK, await pressed.System.Ready(cancel));
        Assert.Equal("token_revoked", (await pressed.System.Read("/api/system")).GetProperty("slack").Text("token_error"));
        pressed.Slack.TokenError = null;

        await TestKit.Within.Deadline("health is ready", async () => await pressed.System.Health(cancel) == "ready");
        await TestKit.Within.Deadline("its card is posted", async () => (await Card(id)) is { } card && card.Text("state") == "sent");
    }

    private async Task<JsonElement?> Card(string id) =>
        (await pressed.System.Read($"/api/incidents/{id}")).TryGetProperty("slack", out var card) ? card : null;

    private async Task<FakeView> Form(FakeUser user, string id)
    {
        FakeView? view = null;
        await TestKit.Within.Deadline("the form is open", () => Task.FromResult((view = pressed.Slack.Views
            .Find(one => one.User == user && one.Content.ToJsonString().Contains(id, StringComparison.Ordinal))) is not null));
        return view!;
    }
}
