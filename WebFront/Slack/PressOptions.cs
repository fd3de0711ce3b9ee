using System.ComponentModel.DataAnnotations;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Auth;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Slack;

/// <summary>What WebFront must know to be pressed at. Section <c>Slack</c>, of which the silos read the rest; without a
/// signing secret there is no <c>POST /slack/interactions</c>.</summary>
internal sealed class PressOptions
{
    public const string Section = "Slack";

    /// <summary>Slack's address, whose workspaces answer at hooks.slack.com; https://slack-gov.com/api/ for GovSlack.</summary>
    [RegularExpression(@"^https?://[^\s/]+(/\S*)?$", ErrorMessage = "Slack:ApiBaseUrl must be an address such as https://slack.com/api/.")]
    public string ApiBaseUrl { get; set; } = "https://slack.com/api/";

    /// <summary>Of the app ("Basic Information"): Slack signs with it what people press. It is a secret.</summary>
    public string? SigningSecret { get; set; }

    /// <summary>Or a file with one a line: several while one is replaced.</summary>
    public string? SigningSecretFile { get; set; }

    /// <summary>Presses that are worked on at once; whoever presses beyond that is told to press again. Default: 100.</summary>
    [SettingRange("Slack:MaxPresses", 1, 10_000)]
    public int MaxPresses { get; set; } = 100;

    /// <summary>What the silos read in the same section.</summary>
    internal static string[] SiloNames { get; } =
    [
        "BotToken", "WebhookUrl", "Channel", "Channels", "MentionOnCritical", "ShowDatasourceErrors", "PostsPerMinute",
        "AllPostsPerMinute", "EditsPerMinute", "SearchesPerMinute", "CountEvery", "AnswerWithin", "SettleAfter", "RetryEvery",
    ];

    /// <summary>All that are live; none: Slack is not listened to.</summary>
    internal List<string> Secrets(Action<string> problem)
    {
        if (SigningSecret is { Length: < SecretSettings.MinLength })
        {
            problem($"Slack:SigningSecret must have at least {SecretSettings.MinLength} characters.");
        }

        return
        [
            .. string.IsNullOrEmpty(SigningSecret) ? Array.Empty<string>() : [SigningSecret],
            .. SecretSettings.Lines(SigningSecretFile, "Slack:SigningSecretFile", "secret", problem),
        ];
    }
}

[OptionsValidator]
internal sealed partial class PressOptionsValidator : IValidateOptions<PressOptions>;

/// <summary>Stops the start when buttons would be dead in silence.</summary>
internal sealed class PressSettingsTogether : IValidateOptions<PressOptions>
{
    private const int MaxSecrets = 16;

    public ValidateOptionsResult Validate(string? name, PressOptions options)
    {
        List<string> problems = [];
        if (options.Secrets(problems.Add).Count > MaxSecrets)
        {
            problems.Add($"Slack:SigningSecretFile may have at most {MaxSecrets} live secrets.");
        }

        if (!Uri.TryCreate(options.ApiBaseUrl, UriKind.Absolute, out _))
        {
            problems.Add("Slack:ApiBaseUrl must be an address such as https://slack.com/api/.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
