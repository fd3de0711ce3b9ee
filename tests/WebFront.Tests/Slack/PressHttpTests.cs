using System.Net;
using Incidents.Grains.Slack;
using Incidents.Settings;
using Incidents.TestKit;
using Incidents.WebFront.Slack;
using Incidents.WebFront.Tests.Http;

namespace Incidents.WebFront.Tests.Slack;

/// <summary>Who gets in at <c>POST /slack/interactions</c>, over real HTTP, with nothing behind.</summary>
public sealed class PressHttpTests
{
    private static readonly byte[] Check = Fixtures.Read("slack/slash_command_ssl_check.form");

    [Fact]
    public async Task Without_a_signing_secret_there_is_nothing_and_it_says_which_setting()
    {
        await using var web = await RunningWebFront.Start();

        var (status, text) = await Send(web, SlackBody.Signed(Check));

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("Slack:SigningSecret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_Slack_signed_just_now_gets_in_and_only_once()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var web = await Start();

        Assert.Equal((HttpStatusCode.OK, ""), await Send(web, SlackBody.Signed(Check, now)));
        Assert.Equal((HttpStatusCode.Unauthorized, "replayed"), await Send(web, SlackBody.Signed(Check, now)));
        Assert.Equal((HttpStatusCode.OK, ""), await Send(web, SlackBody.Signed(Check, now.AddSeconds(-1))));
        Assert.Equal((HttpStatusCode.Unauthorized, "timestamp_too_old"), await Send(web, SlackBody.Signed(Check, now.AddMinutes(-6))));
        Assert.Equal((HttpStatusCode.Unauthorized, "timestamp_ahead"), await Send(web, SlackBody.Signed(Check, now.AddMinutes(6))));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "signature_mismatch"), await Send(web, SlackBody.Signed(Check, secret: "another-signing-secret")));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "signature_missing"), await Send(web, Without(SlackBody.Signed(Check), SlackSignature.Header)));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "timestamp_missing"),
            await Send(web, Without(SlackBody.Signed(Check), SlackSignature.TimestampHeader)));
    }

    [Fact]
    public async Task What_Slack_never_sends_is_refused()
    {
        await using var web = await Start();
        var json = SlackBody.Signed(Check);
        json.Content!.Headers.ContentType = new("application/json");
        var compressed = SlackBody.Signed(Check);
        compressed.Content!.Headers.ContentEncoding.Add("gzip");

        Assert.Equal((HttpStatusCode.BadRequest, "no_payload"), await Send(web, SlackBody.Signed("payload=%7Bgarbage"u8.ToArray())));
        Assert.Equal((HttpStatusCode.BadRequest, "no_payload"), await Send(web, SlackBody.Signed(Fixtures.Read("slack/slash_command.form"))));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported_media_type"), await Send(web, json));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported_encoding"), await Send(web, compressed));
        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, "body_too_large"), await Send(web, SlackBody.Signed(new byte[262_145])));
    }

    [Theory]
    [InlineData("block_actions_ack.form")]
    [InlineData("view_submission_mute.form")]
    public async Task What_is_not_ours_is_heard_and_left(string fixture)
    {
        await using var web = await Start();

        Assert.Equal((HttpStatusCode.OK, ""), await Send(web, SlackBody.Signed(Fixtures.Read($"slack/{fixture}"))));
    }

    [Fact]
    public void While_a_secret_is_replaced_both_are_live()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $"# old and new\nanother-signing-secret\n{SlackBody.Secret}\n");

            Assert.Equal(
                ["another-signing-secret", SlackBody.Secret],
                new PressOptions { SigningSecretFile = file }.Secrets(static problem => Assert.Fail(problem)));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("Slack:SigningSecret", "short", "Slack:SigningSecret must have at least 16 characters.")]
    [InlineData("Slack:SigningSecretFile", "/no/such/file", "Slack:SigningSecretFile must name a file that can be read")]
    [InlineData("Slack:ApiBaseUrl", "slack.com", "Slack:ApiBaseUrl must be an address")]
    [InlineData("Slack:MaxPresses", "0", "Slack:MaxPresses")]
    [InlineData("Slack:SigninSecret", "fixture-signing-secret-0002", "Slack:SigninSecret is no setting")]
    public void A_setting_that_cannot_work_stops_the_start(string key, string value, string fault) => Assert.Contains(
        RunningWebFront.Faults((key, value)), said => said.StartsWith(fault, StringComparison.Ordinal));

    /// <summary>Both hosts may be given the same variables.</summary>
    [Fact]
    public void Each_host_knows_what_the_other_reads_in_the_same_section()
    {
        var (here, there) = (SettingShape.Names(typeof(PressOptions)), SettingShape.Names(typeof(SlackOptions)));

        Assert.Equal(there.Except(here).Order(), PressOptions.SiloNames.Order());
        Assert.Equal(here.Except(there).Order(), SlackHosting.WebFrontNames.Order());
    }

    private static Task<RunningWebFront> Start() => RunningWebFront.Start(("Slack:SigningSecret", SlackBody.Secret));

    private static HttpRequestMessage Without(HttpRequestMessage request, string header)
    {
        request.Headers.Remove(header);
        return request;
    }

    private static async Task<(HttpStatusCode, string)> Send(RunningWebFront web, HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await web.Client.SendAsync(request, TestContext.Current.CancellationToken);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
    }
}
