using Incidents.Grains.Domain;
using Incidents.Grains.Slack.Card;
using Microsoft.Extensions.Options;

namespace Incidents.Grains.Slack;

/// <summary>What follows from the settings of several sections.</summary>
internal sealed class SlackSettings(IOptions<SlackOptions> options, IOptions<EpisodeOptions> episodes, ChannelTable channels)
{
    public SlackOptions Options => options.Value;

    public SlackMode Mode => Options.Mode;

    /// <summary>Messages can be found again, and edited.</summary>
    public bool CanLook => Mode == SlackMode.Bot;

    public string TopSeverity => episodes.Value.Severities.Names[0];

    public CardStyle Style => new(Options.MentionOnCritical, Options.ShowDatasourceErrors, TopSeverity);

    public Circumstances At(DateTimeOffset began, DateTimeOffset now) =>
        new(began, now, channels.Default ?? "", Options.RetryEvery, Options.SettleAfter, CanLook);
}
