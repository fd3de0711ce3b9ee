using System.Diagnostics;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>
/// What the rules decided. An <see cref="AlertStored"/> becomes a row of <c>grafana_alerts</c>, every other fact a
/// row of <c>incident_events</c>; an incident is nothing but its facts in order (<see cref="Evolution"/>).
/// </summary>
internal abstract record Fact
{
    private Fact()
    {
    }

    /// <summary>An alert belongs to the latest incident, and why.</summary>
    internal sealed record AlertStored(Sighting Sighting, AlertReason Reason) : Fact;

    /// <param name="Reason">Of the alert that opened it.</param>
    internal sealed record Opened(
        IncidentId Id,
        string Severity,
        bool IsTest,
        AlertReason Reason,
        DateTimeOffset At) : Fact;

    internal sealed record SeverityChanged(string From, string To, string Peak, DateTimeOffset At) : Fact;

    internal sealed record Acknowledged(string By, Guid CommandId, DateTimeOffset At) : Fact;

    internal sealed record Unacknowledged(string By, Guid CommandId, DateTimeOffset At) : Fact;

    internal sealed record Resolved(Closure Closure, Guid? CommandId) : Fact;

    /// <summary>Not every series of a group is known any more.</summary>
    internal sealed record GroupIncomplete(string Group, Incompleteness Why, DateTimeOffset At) : Fact;

    /// <summary>A whole delivery of that group came.</summary>
    internal sealed record GroupComplete(string Group, Incompleteness Why, DateTimeOffset At) : Fact;

    internal static UnreachableException Unknown(Fact fact) => new($"No rule for the fact {fact.GetType().Name}.");
}
