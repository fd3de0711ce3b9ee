using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Slack;

/// <summary>What one call came to.</summary>
/// <param name="Revision">What it showed, if it got through.</param>
/// <param name="Alerts">How many alerts it counted.</param>
internal sealed record Delivered(SlackReply Reply, int Revision = 0, long Alerts = 0);

/// <param name="Began">When the call was begun.</param>
/// <param name="CanLook">Messages of ours can be found again: not those of an incoming webhook.</param>
internal sealed record Circumstances(
    DateTimeOffset Began, DateTimeOffset Now, string DefaultChannel, TimeSpan RetryEvery, TimeSpan SettleAfter, bool CanLook);

/// <summary>What is written after a call, and who else has to know.</summary>
/// <param name="Row">As it is to be stored.</param>
/// <param name="Delay">Why it is not told yet.</param>
internal sealed record CardSettlement(CardRow Row, SlackDelay? Delay = null)
{
    public bool IsTold => Row.LastError is null;

    /// <summary>Tried again only when the incident changes, or much later.</summary>
    public bool GivenUp { get; init; }

    /// <summary>Slack said so: no post in this channel for so long.</summary>
    public TimeSpan? PauseChannel { get; init; }

    /// <summary>A post did not get through: the next one of the channel waits, longer each time, or all that wait would be
    /// in doubt.</summary>
    public bool PostFailed { get; init; }

    /// <summary>For the workspace.</summary>
    public SlackTrouble? Trouble { get; init; }

    /// <summary>Slack knew the token, whatever it said of the rest.</summary>
    public bool ProvesToken { get; init; }
}
