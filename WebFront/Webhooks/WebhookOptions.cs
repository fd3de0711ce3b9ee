using Incidents.Grains.Interfaces;
using Incidents.WebFront.Webhooks.Credentials;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks;

/// <summary>Section <c>Webhooks</c>: what is accepted, how much of it, and for how long.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>Hashes of bearer tokens, each <c>sha256:</c> and 64 hex characters. Short for those of a sender named
    /// <c>default</c>.</summary>
    public IList<string> Tokens { get; init; } = [];

    /// <summary>A file with one plain token a line, for secrets that are mounted as files. As <see cref="Tokens"/>, of
    /// the sender <c>default</c>.</summary>
    public string? TokenFile { get; set; }

    /// <summary>Who may post, by a name of 1 to 64 characters of <c>A-Za-z0-9._-</c>, at most 100. Without these and
    /// without tokens only this machine may.</summary>
    public IDictionary<string, SenderCredentialOptions> Senders { get; init; } =
        new Dictionary<string, SenderCredentialOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Signatures with a timestamp that are remembered of each sender, so that none is accepted twice. With
    /// more in a replay window, the window shortens to what is remembered. Default: 50,000 (about 10 MiB a sender).</summary>
    [SettingRange("Webhooks:ReplayCacheSize", 100, 10_000_000)]
    public int ReplayCacheSize { get; set; } = 50_000;

    /// <summary>A larger body is answered with 413. Default: 10 MiB, the most that a Grafana template can put out.</summary>
    [SettingRange("Webhooks:MaxBodyBytes", 1024, 104_857_600)]
    public int MaxBodyBytes { get; set; } = 10_485_760;

    /// <summary>A body with more alerts is rejected: they could not be stored in time. Default: 250,000.</summary>
    [SettingRange("Webhooks:MaxAlerts", 1, 10_000_000)]
    public int MaxAlerts { get; set; } = 250_000;

    /// <summary>A larger alert is rejected, alone. Default: 256 KiB.</summary>
    [SettingRange("Webhooks:MaxAlertBytes", 1024, 4_194_304)]
    public int MaxAlertBytes { get; set; } = 262_144;

    /// <summary>An alert nested deeper is rejected, alone. Default: 64.</summary>
    [SettingRange("Webhooks:MaxDepth", 2, 1000)]
    public int MaxDepth { get; set; } = 64;

    /// <summary>More labels (or annotations) than this stay in the raw payload only. Default: 256.</summary>
    [SettingRange("Webhooks:MaxLabels", 16, 10_000)]
    public int MaxLabels { get; set; } = 256;

    /// <summary>Past this a delivery goes to the spool if it did not before; without one the sender gets 503. Default: 25 seconds, since Grafana gives up at 30 (hard-coded in
    /// grafana/alerting <c>http/client.go</c>).</summary>
    [SettingRange("Webhooks:AnswerWithin", "00:00:01", "00:05:00")]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>Deliveries worked on at once; more wait for their turn. Default: 2,000.</summary>
    [SettingRange("Webhooks:MaxInFlight", 1, 100_000)]
    public int MaxInFlight { get; set; } = 2000;

    /// <summary>Of these, deliveries with a body over 256 KiB or of unannounced length. Default: 8.</summary>
    [SettingRange("Webhooks:MaxLargeInFlight", 1, 10_000)]
    public int MaxLargeInFlight { get; set; } = 8;

    /// <summary>Grain calls that one delivery has under way at once, one for each incident key. Default: 1,000.</summary>
    [SettingRange("Webhooks:MaxCallsPerDelivery", 1, 10_000)]
    public int MaxCallsPerDelivery { get; set; } = 1_000;

    /// <summary>Of a rejected body or alert, so much is kept. Default: 256 KiB.</summary>
    [SettingRange("Webhooks:MaxRejectedBytes", 0, 4_194_304)]
    public int MaxRejectedBytes { get; set; } = 262_144;

    /// <summary>So many of the newest rejected bodies and alerts are kept. Default: 10,000.</summary>
    [SettingRange("Webhooks:KeepRejected", 1, 10_000_000)]
    public int KeepRejected { get; set; } = 10_000;
}

[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
