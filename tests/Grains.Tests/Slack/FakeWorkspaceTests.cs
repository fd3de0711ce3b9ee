using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Incidents.TestKit.FakeSlack;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

/// <summary>The fake is no laxer than Slack.</summary>
public sealed class FakeWorkspaceTests : IAsyncLifetime
{
    private const string Post = """{"channel":"#incidents","text":"new"}""";

    private readonly FakeTimeProvider _clock = new(new(2026, 11, 26, 7, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _http = new();
    private FakeWorkspace _slack = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private FakeChannel Channel => _slack.Channels[0];

    public async ValueTask InitializeAsync() => _slack = await FakeWorkspace.Start(_clock, new FakeLimits { AllPostsPerMinute = 8 });

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task A_channel_takes_a_burst_then_one_message_a_second()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("ok", await Call(SlackMethods.Post, Post));
        }

        using var refused = await Send(SlackMethods.Post, Post);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal("""{"ok":false,"error":"ratelimited"}""", await refused.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(1, _slack.OverLimit(SlackMethods.Post));

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("ok", await Call(SlackMethods.Post, Post));
        Assert.Equal("ratelimited", await Call(SlackMethods.Post, Post.Replace("#incidents", Channel.Id, StringComparison.Ordinal)));

        _slack.AddChannel("other");
        Assert.Equal("ok", await Call(SlackMethods.Post, """{"channel":"#other","text":"new"}"""));
        Assert.Equal("ok", await Call(SlackMethods.Post, """{"channel":"#other","text":"new"}"""));
        Assert.Equal("ratelimited", await Call(SlackMethods.Post, """{"channel":"#other","text":"new"}""")); // all channels together
    }

    [Fact]
    public async Task A_workspace_takes_fifty_edits_in_any_minute()
    {
        await Call(SlackMethods.Post, Post);
        var edit = $$"""{"channel":"{{Channel.Id}}","ts":"{{Channel.Messages[0].Ts}}","text":"edited"}""";
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal("ok", await Call(SlackMethods.Update, edit));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("ratelimited", await Call(SlackMethods.Update, edit));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("ok", await Call(SlackMethods.Update, edit));
        Assert.Equal(1, _slack.OverLimit(SlackMethods.Update));
    }

    [Theory]
    [InlineData(SlackMethods.Post, """{"text":"new"}""", "invalid_arguments")]
    [InlineData(SlackMethods.Post, """{"channel":"#nowhere","text":"new"}""", "channel_not_found")]
    [InlineData(SlackMethods.Post, """{"channel":"#incidents"}""", "no_text")]
    [InlineData(SlackMethods.Post, """{"channel":"#incidents","text":"new","metadata":{"event_type":""}}""", "invalid_metadata_format")]
    [InlineData(SlackMethods.Post, """{"channel":"#incidents","text":"new","blocks":[{"type":"section"}]}""", "invalid_blocks")]
    [InlineData(SlackMethods.Post, "[]", "json_not_object")]
    [InlineData(SlackMethods.Post, "{", "invalid_json")]
    [InlineData(SlackMethods.Update, """{"channel":"#incidents","ts":"1.2","text":"new"}""", "channel_not_found")]
    [InlineData(SlackMethods.Update, """{"channel":"C0INCIDENT1","ts":"1.2","text":"new"}""", "message_not_found")]
    [InlineData(SlackMethods.Update, """{"channel":"C0INCIDENT1","text":"new"}""", "invalid_arguments")]
    [InlineData(SlackMethods.OpenView, """{"trigger_id":"1.2"}""", "invalid_arguments")]
    [InlineData(SlackMethods.History, """{"channel":"C0INCIDENT1"}""", "invalid_arguments")]
    [InlineData("chat.postmessage", Post, "unknown_method")]
    public async Task A_wrong_call_is_refused_as_Slack_does(string method, string body, string error) =>
        Assert.Equal(error, await Call(method, body));

    [Fact]
    public async Task Only_the_token_opens_it_and_only_in_JSON()
    {
        Assert.Equal("not_authed", await Call(SlackMethods.Post, Post, token: null));
        Assert.Equal("invalid_auth", await Call(SlackMethods.Post, Post, token: "xoxb-another-token"));
        Assert.Equal("invalid_post_type", await Call(SlackMethods.Post, Post, type: "text/plain"));
        _slack.TokenError = "token_revoked";
        Assert.Equal("token_revoked", await Call(SlackMethods.Post, Post));
        Assert.Empty(Channel.Messages);
    }

    [Fact]
    public async Task What_an_edit_leaves_out_is_kept_except_blocks_beside_a_text()
    {
        await Call(SlackMethods.Post, """{"channel":"#incidents","text":"a","blocks":[{"type":"divider"}],"attachments":[{"text":"b"}]}""");
        var message = Channel.Messages[0];
        string Edit(string rest) => $$"""{"channel":"{{Channel.Id}}","ts":"{{message.Ts}}",{{rest}}}""";

        await Call(SlackMethods.Update, Edit("\"text\":\"c\""));
        Assert.False(message.Now.Content.ContainsKey("blocks"));
        Assert.Equal("b", message.Now.Content["attachments"]![0]!["text"]!.GetValue<string>());

        await Call(SlackMethods.Update, Edit("\"attachments\":[],\"text\":\"d\""));
        Assert.False(message.Now.Content.ContainsKey("attachments"));

        message.Delete();
        Assert.Equal("message_not_found", await Call(SlackMethods.Update, Edit("\"text\":\"e\"")));
        Assert.Equal("cant_update_message", await Call(
            SlackMethods.Update, $$"""{"channel":"{{Channel.Id}}","ts":"{{Channel.Say("mine").Ts}}","text":"f"}"""));
        Assert.Equal(["a", "c", "d"], message.Versions.Select(static version => version.Text));
    }

    [Fact]
    public void A_press_is_signed_as_Slack_signs()
    {
        // Slack's own example.
        var form = new SignedForm(
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
            + "&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
            + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
            "1531420618");

        Assert.Equal("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", form.Signature);
    }

    [Fact]
    public async Task A_press_can_be_answered_five_times_and_not_after_half_an_hour()
    {
        await Call(SlackMethods.Post, new JsonObject
        {
            ["channel"] = "#incidents",
            ["text"] = "new",
            ["attachments"] = SlackCalls.Card("new").Attachments.DeepClone(),
        }.ToJsonString());
        var payload = Payload(_slack.Press(Channel.Messages[0], "incident_acknowledge", FakeUser.OnCall));
        Assert.Equal("message_attachment", payload["container"]!["type"]!.GetValue<string>());
        Assert.Equal("INC-20260102030405-0123456789abcdef 1", payload["actions"]![0]!["value"]!.GetValue<string>());
        var url = payload["response_url"]!.GetValue<string>();

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(i < 5 ? 200 : 404, await Whisper(url));
        }

        Assert.Equal(5, _slack.Whispers.Count(static one => one is { Text: "seen", IsSeenByAll: false } && one.User == FakeUser.OnCall));

        var late = Payload(_slack.Press(Channel.Messages[0], "incident_acknowledge", FakeUser.OnCall))["response_url"]!.GetValue<string>();
        _clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(404, await Whisper(late));
    }

    private static JsonNode Payload(SignedForm form) => JsonNode.Parse(Uri.UnescapeDataString(form.Body["payload=".Length..]))!;

    private async Task<int> Whisper(string url)
    {
        using var content = new StringContent("""{"text":"seen","replace_original":false}""", Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(url), content, Cancel);
        return (int)answer.StatusCode;
    }

    private async Task<string> Call(string method, string body, string? token = FakeWorkspace.Token, string type = "application/json")
    {
        using var answer = await Send(method, body, token, type);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        return json["ok"]!.GetValue<bool>() ? "ok" : json["error"]!.GetValue<string>();
    }

    private async Task<HttpResponseMessage> Send(
        string method, string body, string? token = FakeWorkspace.Token, string type = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_slack.ApiBaseUrl, method))
        {
            Content = new StringContent(body, Encoding.UTF8, type),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _http.SendAsync(request, Cancel);
    }
}
