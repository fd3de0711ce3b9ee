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
    public static HealthState Of(string? problem, SpoolFigures spool, bool hasRoom)
    {
        List<string> problems =
        [
            .. problem is null ? (IEnumerable<string>)[] : [problem],
            .. spool.Deliveries == 0 ? (IEnumerable<string>)[] : [$"{spool.Deliveries} deliveries wait in the spool, {spool.Stuck} of them are stuck."],
            .. spool.Deliveries > 0 && !hasRoom && !spool.IsBroken ? (IEnumerable<string>)["No more may wait there: Spool:MaxMegabytes or Spool:MaxAge is reached."] : [],
            .. spool.IsBroken ? (IEnumerable<string>)["The spool's disk takes nothing."] : [],
            .. spool.SetAside == 0 ? (IEnumerable<string>)[] : [$"{spool.SetAside} damaged journals are set aside in Spool:Directory."],
        ];
        var status = problem is not null && !hasRoom ? HealthStatus.NotReady
            : problems.Count > 0 ? HealthStatus.Degraded
            : HealthStatus.Ready;
        return new(status, problems.Count > 0 ? string.Join(' ', problems) : null);
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
