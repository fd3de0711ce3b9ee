using System.ComponentModel.DataAnnotations;
using Incidents.Grains.Interfaces;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Slack;

/// <summary>How Slack is told. Section <c>Slack</c>; with neither <see cref="BotToken"/> nor <see cref="WebhookUrl"/> it
/// is not.</summary>
internal sealed class SlackOptions
{
    public const string Section = "Slack";

    /// <summary>Of an app with the scopes in docs/slack.md: one message an incident, edited in place, with buttons.</summary>
    [RegularExpression(@"^xoxb-[A-Za-z0-9-]{8,500}$", ErrorMessage = "Slack:BotToken must be a bot token, which begins with xoxb-.")]
    public string? BotToken { get; set; }

    /// <summary>Of an incoming webhook, instead of the token: a line of text for what is new and what is resolved. It is
    /// a secret.</summary>
    [RegularExpression(@"^https?://[^\s/]+/\S+$", ErrorMessage = "Slack:WebhookUrl must be the address of an incoming webhook, such as https://hooks.slack.com/services/...")]
    public string? WebhookUrl { get; set; }

    /// <summary>Where a severity goes that <see cref="Channels"/> does not name: an id, such as C0123456789, or a name,
    /// such as #incidents. Required with the token.</summary>
    [RegularExpression(ChannelForm, ErrorMessage = "Slack:Channel must be a channel's id, such as C0123456789, or its name, such as #incidents.")]
    public string? Channel { get; set; }

    /// <summary>Severity to channel.</summary>
    public IDictionary<string, string> Channels { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Who is mentioned in a new message of the highest severity: <c>here</c>, <c>channel</c>, or the id of a
    /// user (U…) or a user group (S…). Default: nobody.</summary>
    [RegularExpression(@"^(here|channel|[UWS][A-Z0-9]{5,20})$", ErrorMessage = "Slack:MentionOnCritical must be 'here', 'channel', or the id of a user (U...) or of a user group (S...).")]
    public string? MentionOnCritical { get; set; }

    /// <summary>Where Slack's methods are; https://slack-gov.com/api/ for GovSlack.</summary>
    [RegularExpression(@"^https?://[^\s/]+(/\S*)?$", ErrorMessage = "Slack:ApiBaseUrl must be an address such as https://slack.com/api/.")]
    public string ApiBaseUrl { get; set; } = "https://slack.com/api/";

    /// <summary>Show the text of a datasource's error, which names hosts of the inside. Default: false.</summary>
    public bool ShowDatasourceErrors { get; set; }

    /// <summary>Messages a minute and channel; Slack allows about one a second. Default: 60.</summary>
    [SettingRange("Slack:PostsPerMinute", 1, 6_000)]
    public int PostsPerMinute { get; set; } = 60;

    /// <summary>Messages a minute in all channels together; Slack allows several hundred. Default: 300.</summary>
    [SettingRange("Slack:AllPostsPerMinute", 1, 60_000)]
    public int AllPostsPerMinute { get; set; } = 300;

    /// <summary>Edits a minute in all channels together; Slack allows 50 and a few more. Default: 50.</summary>
    [SettingRange("Slack:EditsPerMinute", 1, 6_000)]
    public int EditsPerMinute { get; set; } = 50;

    /// <summary>Looks for messages whose post was not answered, a minute; Slack allows 50. Default: 30.</summary>
    [SettingRange("Slack:SearchesPerMinute", 1, 6_000)]
    public int SearchesPerMinute { get; set; } = 30;

    /// <summary>The counts of one message are edited no more often. Default: 2 seconds.</summary>
    [SettingRange("Slack:CountEvery", "00:00:00.100", "00:10:00")]
    public TimeSpan CountEvery { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long one call to Slack may take. Default: 15 seconds.</summary>
    [SettingRange("Slack:AnswerWithin", "00:00:00.100", "00:01:00")]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A post whose end is not known may appear until then; only afterwards it is looked for, and posted again
    /// if it is not there. Default: 1 minute.</summary>
    [SettingRange("Slack:SettleAfter", "00:00:00.100", "00:10:00")]
    public TimeSpan SettleAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait after a refused token before it is tried again. Default: 15 seconds.</summary>
    [SettingRange("Slack:RetryEvery", "00:00:00.100", "00:10:00")]
    public TimeSpan RetryEvery { get; set; } = TimeSpan.FromSeconds(15);

    internal const string ChannelForm = @"^([CGD][A-Z0-9]{6,20}|#[^\s#@<>,:]{1,80})$";

    public SlackMode Mode => BotToken is not null ? SlackMode.Bot : WebhookUrl is not null ? SlackMode.Webhook : SlackMode.Off;
}

internal enum SlackMode
{
    Off = 0,

    /// <summary>Messages that are edited, with buttons.</summary>
    Bot,

    /// <summary>Lines of text into one channel, which nobody can edit.</summary>
    Webhook,
}

[OptionsValidator]
internal sealed partial class SlackOptionsValidator : IValidateOptions<SlackOptions>;
