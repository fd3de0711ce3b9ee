using Microsoft.Extensions.Options;

namespace Incidents.Grains.Slack;

/// <summary>Which channel an incident belongs to: that of the highest severity it ever had, else the default one.</summary>
internal sealed class ChannelTable(IOptions<SlackOptions> options)
{
    /// <summary>The one channel that an incoming webhook has.</summary>
    public const string Webhook = "webhook";

    /// <summary>For what finds no other way; null when Slack is not told.</summary>
    public string? Default { get; } = options.Value.Mode switch
    {
        SlackMode.Bot => options.Value.Channel,
        SlackMode.Webhook => Webhook,
        SlackMode.Off => null,
    };

    public bool IsOn => Default is not null;

    /// <exception cref="InvalidOperationException">Slack is not told.</exception>
    public string For(string severity) => options.Value.Channels.TryGetValue(severity, out var channel)
        ? channel
        : Default ?? throw new InvalidOperationException("There is no channel without Slack.");
}
