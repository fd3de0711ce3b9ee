using System.Text.RegularExpressions;
using Incidents.Grains.Domain;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Slack;

/// <summary>What no attribute can say of one setting alone.</summary>
internal sealed class SlackSettingsTogether(IOptions<EpisodeOptions> episodes) : IValidateOptions<SlackOptions>
{
    public ValidateOptionsResult Validate(string? name, SlackOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(SlackOptions options)
    {
        if (options is { BotToken: not null, WebhookUrl: not null })
        {
            yield return "Slack:BotToken and Slack:WebhookUrl are two ways to the same end: set one of them.";
        }

        if (options is { BotToken: not null, Channel: null })
        {
            yield return "Slack:Channel must name the channel for severities that Slack:Channels does not name.";
        }

        if (options is { BotToken: null } and ({ Channel: not null } or { Channels.Count: > 0 }))
        {
            yield return "Slack:Channel and Slack:Channels have no effect without Slack:BotToken.";
        }

        if (options.SettleAfter < 2 * options.AnswerWithin)
        {
            yield return "Slack:SettleAfter must be at least twice Slack:AnswerWithin: a post is not looked for while it may still be made.";
        }

        foreach (var (setting, address) in new[] { ("ApiBaseUrl", options.ApiBaseUrl), ("WebhookUrl", options.WebhookUrl) })
        {
            if (address is not null && !(Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback)))
            {
                yield return $"Slack:{setting} must be an https address: what is sent there is secret.";
            }
        }

        foreach (var (severity, channel) in options.Channels)
        {
            if (!episodes.Value.Severities.Names.Contains(severity, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"Slack:Channels:{severity} is no severity: Episodes:SeverityOrder has {string.Join(", ", episodes.Value.Severities.Names)}.";
            }

            if (!Regex.IsMatch(channel, SlackOptions.ChannelForm))
            {
                yield return $"Slack:Channels:{severity} must be a channel's id, such as C0123456789, or its name, such as #incidents.";
            }
        }
    }
}
