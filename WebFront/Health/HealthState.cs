using System.Text.Json.Serialization;
using Incidents.WebFront.Spool;

namespace Incidents.WebFront.Health;

/// <summary>Whether an alert would be accepted now, and what is wrong, for everybody.</summary>
internal sealed record HealthState(
    HealthStatus Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Problem)
{
    /// <param name="problem">Why nothing would be stored now; null when it would.</param>
    /// <param name="hasRoom">What cannot be stored can be kept in the spool.</param>
    /// <param name="isSlackShut">Slack takes nothing from us: nobody is told.</param>
    public static HealthState Of(string? problem, SpoolFigures spool, bool hasRoom, bool isSlackShut = false)
    {
        (bool IsSo, string? Problem)[] problems =
        [
            (problem is not null, problem),
            (spool.Deliveries > 0, $"{spool.Deliveries} deliveries wait in the spool, {spool.Stuck} of them are stuck."),
            (spool.Deliveries > 0 && !hasRoom && !spool.IsBroken, "No more may wait there: Spool:MaxMegabytes or Spool:MaxAge is reached."),
            (spool.IsBroken, "The spool's disk takes nothing."),
            (spool.SetAside > 0, $"{spool.SetAside} damaged journals are set aside in Spool:Directory."),
            (isSlackShut, "Slack refuses our token, so nobody is told; GET /api/system says why."),
        ];
        var said = string.Join(' ', problems.Where(static one => one.IsSo).Select(static one => one.Problem));
        return (problem, hasRoom, said) switch
        {
            (not null, false, _) => new(HealthStatus.NotReady, said),
            (_, _, "") => new(HealthStatus.Ready, null),
            _ => new(HealthStatus.Degraded, said),
        };
    }
}

[JsonConverter(typeof(JsonStringEnumConverter<HealthStatus>))]
internal enum HealthStatus
{
    /// <summary>The process answers; nothing was asked.</summary>
    [JsonStringEnumMemberName("live")]
    Live = 1,

    [JsonStringEnumMemberName("ready")]
    Ready,

    /// <summary>Alerts are accepted, but something is wrong that somebody has to see.</summary>
    [JsonStringEnumMemberName("degraded")]
    Degraded,

    /// <summary>Alerts would be refused.</summary>
    [JsonStringEnumMemberName("not_ready")]
    NotReady,
}
