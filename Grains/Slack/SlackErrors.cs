using System.Collections.Frozen;
using System.Net;

namespace Incidents.Grains.Slack;

/// <summary>Slack's error words, sorted by what they mean for what to do next (docs.slack.dev/reference/methods).</summary>
internal static class SlackErrors
{
    private static readonly (SlackOutcome Outcome, string[] Words)[] Known =
    [
        (SlackOutcome.RateLimited, ["ratelimited", "rate_limited", "message_limit_exceeded"]),
        (SlackOutcome.Unsure,
        [
            "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org",
            "org_login_required", "update_failed",
        ]),
        (SlackOutcome.ChannelBroken,
        [
            "channel_not_found", "not_in_channel", "is_archived", "restricted_action", "no_permission",
            "ekm_access_denied", "messages_tab_disabled",
            "channel_is_archived", "action_prohibited", "posting_to_general_channel_denied", "user_not_found",
        ]),
        (SlackOutcome.TokenBroken,
        [
            "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope",
            "not_allowed_token_type", "accesslimited", "access_denied", "team_access_not_granted",
            "two_factor_setup_required", "user_removed_from_team",
            "no_service", "no_service_id", "no_active_hooks", "no_team", "team_disabled", "invalid_token",
        ]),
        (SlackOutcome.Refused,
        [
            "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text",
            "too_many_attachments", "attachment_payload_limit_exceeded", "invalid_arguments", "invalid_arg_name",
            "metadata_too_large", "markdown_text_conflict", "invalid_charset", "invalid_post_type", "block_mismatch",
            "invalid_payload", "expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id", "trigger_expired",
            "trigger_exchanged",
        ]),
        (SlackOutcome.MessageGone,
        [
            "message_not_found", "cant_update_message", "edit_window_closed", "is_inactive", "cannot_reply_to_message",
            "restricted_action_thread_locked", "thread_not_found",
        ]),
    ];

    private static readonly FrozenSet<string> OfTheToken = FrozenSet.ToFrozenSet(
        ["invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"]);

    private static readonly (SlackOutcome Outcome, string Prefix)[] Families =
    [
        (SlackOutcome.ChannelBroken, "restricted_action"),
        (SlackOutcome.Refused, "invalid_metadata_"),
    ];

    private static readonly FrozenDictionary<string, SlackOutcome> Outcomes = Known
        .SelectMany(static one => one.Words, static (one, word) => (one.Outcome, word))
        .ToFrozenDictionary(static one => one.word, static one => one.Outcome, StringComparer.Ordinal);

    public static SlackOutcome OutcomeOf(string word) => Find(word) ?? SlackOutcome.Unknown;

    /// <summary>The token itself is no good, whatever the method.</summary>
    public static bool IsOfTheToken(string? error) => error is not null && OfTheToken.Contains(error.Split(':')[0]);

    /// <summary>An incoming webhook answers with a status and a word of text, which no document pairs.</summary>
    public static SlackOutcome OfWebhook(HttpStatusCode status, string word) => Find(word) ?? status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.Gone =>
            SlackOutcome.TokenBroken, // the address is the credential
        _ => SlackOutcome.Refused,
    };

    private static SlackOutcome? Find(string word)
    {
        if (Outcomes.TryGetValue(word, out var outcome))
        {
            return outcome;
        }

        foreach (var family in Families)
        {
            if (word.StartsWith(family.Prefix, StringComparison.Ordinal))
            {
                return family.Outcome;
            }
        }

        return null;
    }
}
