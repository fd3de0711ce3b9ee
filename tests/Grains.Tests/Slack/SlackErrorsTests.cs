using System.Net;
using Incidents.Grains.Slack;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Grains.Tests.Slack;

/// <summary>Slack's own words, and what each means for what to do next.</summary>
public sealed class SlackErrorsTests
{
    [Theory]
    [InlineData(SlackOutcome.RateLimited, "ratelimited rate_limited message_limit_exceeded")]
    [InlineData(
        SlackOutcome.Unsure,
        "internal_error fatal_error service_unavailable request_timeout team_added_to_org org_login_required update_failed")]
    [InlineData(
        SlackOutcome.ChannelBroken,
        "channel_not_found not_in_channel is_archived restricted_action restricted_action_read_only_channel "
        + "restricted_action_non_threadable_channel restricted_action_of_tomorrow no_permission ekm_access_denied messages_tab_disabled")]
    [InlineData(
        SlackOutcome.TokenBroken,
        "invalid_auth not_authed account_inactive token_revoked token_expired missing_scope not_allowed_token_type accesslimited "
        + "access_denied team_access_not_granted two_factor_setup_required")]
    [InlineData(
        SlackOutcome.Refused,
        "invalid_blocks invalid_blocks_format msg_blocks_too_long msg_too_long no_text too_many_attachments "
        + "attachment_payload_limit_exceeded invalid_arguments invalid_arg_name invalid_metadata_format invalid_metadata_schema "
        + "metadata_too_large markdown_text_conflict invalid_charset invalid_post_type block_mismatch "
        + "expired_trigger_id")]
    [InlineData(SlackOutcome.Unknown, "a_word_of_tomorrow restricted")]
    [InlineData(
        SlackOutcome.MessageGone,
        "message_not_found cant_update_message edit_window_closed is_inactive cannot_reply_to_message "
        + "restricted_action_thread_locked thread_not_found")]
    public void A_word_means(object outcome, string words) => Assert.All(
        words.Split(' '), word => Assert.Equal((SlackOutcome)outcome, SlackErrors.OutcomeOf(word)));

    [Theory]
    [InlineData(400, "invalid_payload", SlackOutcome.Refused)]
    [InlineData(400, "no_text", SlackOutcome.Refused)]
    [InlineData(400, "too_many_attachments", SlackOutcome.Refused)]
    [InlineData(400, "invalid_blocks", SlackOutcome.Refused)]
    [InlineData(400, "<html>", SlackOutcome.Refused)]
    [InlineData(400, "user_not_found", SlackOutcome.ChannelBroken)]
    [InlineData(404, "channel_not_found", SlackOutcome.ChannelBroken)]
    [InlineData(410, "channel_is_archived", SlackOutcome.ChannelBroken)]
    [InlineData(403, "action_prohibited", SlackOutcome.ChannelBroken)]
    [InlineData(403, "posting_to_general_channel_denied", SlackOutcome.ChannelBroken)]
    [InlineData(404, "no_service", SlackOutcome.TokenBroken)]
    [InlineData(404, "no_service_id", SlackOutcome.TokenBroken)]
    [InlineData(404, "no_active_hooks", SlackOutcome.TokenBroken)]
    [InlineData(404, "no_team", SlackOutcome.TokenBroken)]
    [InlineData(403, "team_disabled", SlackOutcome.TokenBroken)]
    [InlineData(403, "invalid_token", SlackOutcome.TokenBroken)]
    [InlineData(410, "<html>", SlackOutcome.TokenBroken)]
    [InlineData(401, "", SlackOutcome.TokenBroken)]
    public void An_incoming_webhook_s_status_and_text_mean(int status, string text, object outcome) =>
        Assert.Equal((SlackOutcome)outcome, SlackErrors.OfWebhook((HttpStatusCode)status, text));

    [Fact]
    public void Each_recorded_error_has_its_outcome()
    {
        var found = Fixtures.Names("slack").Where(static name => name.StartsWith("slack/api_error_", StringComparison.Ordinal))
            .Select(static name => (Name: name["slack/api_error_".Length..^".json".Length], Reply(name).Outcome))
            .ToDictionary(static one => one.Name, static one => one.Outcome);

        Assert.Equal(
            new Dictionary<string, SlackOutcome>
            {
                ["channel_not_found"] = SlackOutcome.ChannelBroken,
                ["edit_window_closed"] = SlackOutcome.MessageGone,
                ["expired_trigger_id"] = SlackOutcome.Refused,
                ["internal_error"] = SlackOutcome.Unsure,
                ["invalid_auth"] = SlackOutcome.TokenBroken,
                ["invalid_blocks"] = SlackOutcome.Refused,
                ["is_archived"] = SlackOutcome.ChannelBroken,
                ["message_limit_exceeded"] = SlackOutcome.RateLimited,
                ["message_not_found"] = SlackOutcome.MessageGone,
                ["missing_scope"] = SlackOutcome.TokenBroken,
                ["msg_blocks_too_long"] = SlackOutcome.Refused,
                ["msg_too_long"] = SlackOutcome.Refused,
                ["not_in_channel"] = SlackOutcome.ChannelBroken,
                ["ratelimited"] = SlackOutcome.RateLimited,
                ["service_unavailable"] = SlackOutcome.Unsure,
                ["token_revoked"] = SlackOutcome.TokenBroken,
                ["trigger_expired"] = SlackOutcome.Refused,
            },
            found);
    }

    [Fact]
    public void A_recorded_error_keeps_what_helps_to_mend_it()
    {
        Assert.Equal("missing_scope: needs chat:write", Reply("slack/api_error_missing_scope.json").Error);
        Assert.Equal(
            "invalid_blocks: [ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
            Reply("slack/api_error_invalid_blocks.json").Error);
    }

    [Theory]
    [InlineData("slack/api_chat_postMessage_ok.json")]
    [InlineData("slack/api_chat_update_ok.json")]
    public void A_recorded_answer_names_channel_and_message(string name) =>
        Assert.Equal(new(SlackOutcome.Done, Channel: "C0INCIDENT1", Ts: "1795140963.000200"), Reply(name));

    [Theory]
    [InlineData("see https://hooks.slack.com/services/T1/B1/s3cret now", "see (address) now")]
    [InlineData("to hooks.slack.com/services/T1/B1/s3cret", "to (address)")]
    [InlineData("path /services/T1/B1/s3cret", "path (address)")]
    [InlineData("Bearer xoxb-1-2 and xoxp-3-4, XAPP-1", "(token) and (token) (token)")]
    [InlineData("two\r\nlines\u0007", "two lines")]
    public void No_error_shows_an_address_or_a_token(string text, string shown) => Assert.Equal(shown, SlackErrorText.Of(text));

    [Fact]
    public void An_error_is_short() => Assert.Equal(200, SlackErrorText.Of(new('x', 5_000)).Length);

    private static SlackReply Reply(string name) =>
        SlackAnswers.OfMethod(new(HttpStatusCode.OK, null, Fixtures.Read(name))).Reply;
}
