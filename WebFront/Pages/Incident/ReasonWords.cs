using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Pages;

/// <summary>Why things are as they are, in words. A name that this version does not know is shown as it is.</summary>
internal static class ReasonWords
{
    public static string Alert(string? name) => Said.Named<AlertReason>(name) is { } reason ? Of(reason) : name ?? "";

    public static string Resolution(string? name) => Said.Named<Resolution>(name) is { } resolution ? Of(resolution) : name ?? "";

    public static string Of(AlertReason reason) => reason switch
    {
        AlertReason.New => IncidentWords.ReasonNew,
        AlertReason.Joined => IncidentWords.ReasonJoined,
        AlertReason.Repeated => IncidentWords.ReasonRepeated,
        AlertReason.OutOfOrder => IncidentWords.ReasonOutOfOrder,
        AlertReason.StillFiring => IncidentWords.ReasonStillFiring,
        AlertReason.Ended => IncidentWords.ReasonEnded,
        AlertReason.AutoResolved => IncidentWords.ReasonAutoResolved,
        AlertReason.Late => IncidentWords.ReasonLate,
        AlertReason.NeverOpened => IncidentWords.ReasonNeverOpened,
        AlertReason.Test => IncidentWords.ReasonTest,
        AlertReason.InstancesCapped => IncidentWords.ReasonInstancesCapped,
    };

    public static string Of(Resolution resolution) => resolution switch
    {
        Grains.Interfaces.Resolution.Person => IncidentWords.ResolvedPerson,
        Grains.Interfaces.Resolution.Auto => IncidentWords.ResolvedAuto,
        Grains.Interfaces.Resolution.Stale => IncidentWords.ResolvedStale,
        Grains.Interfaces.Resolution.NeverOpened => IncidentWords.ResolvedNeverOpened,
        Grains.Interfaces.Resolution.Test => IncidentWords.ResolvedTest,
    };

    public static string Of(SlackDelay delay) => delay switch
    {
        SlackDelay.Budget => IncidentWords.DelayBudget,
        SlackDelay.RateLimited => IncidentWords.DelayRateLimited,
        SlackDelay.Unreachable => IncidentWords.DelayUnreachable,
        SlackDelay.Unsure => IncidentWords.DelayUnsure,
        SlackDelay.ChannelBroken => IncidentWords.DelayChannelBroken,
        SlackDelay.TokenBroken => IncidentWords.DelayTokenBroken,
        SlackDelay.Refused => IncidentWords.DelayRefused,
    };
}
