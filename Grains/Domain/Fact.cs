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

    internal sealed record Acknowledged(Author Author, DateTimeOffset At) : Fact;

    internal sealed record Unacknowledged(Author Author, DateTimeOffset At) : Fact;

    /// <param name="CommandId">Null when no person resolved it.</param>
    internal sealed record Resolved(Closure Closure, Guid? CommandId) : Fact;

    internal sealed record Noted(string Text, Author Author, DateTimeOffset At) : Fact;

    /// <param name="Which">Those that change; the others of the values mean nothing.</param>
    internal sealed record Amended(
        Findings Which,
        string? ActionTaken,
        string? RootCause,
        bool? IsNoise,
        Author Author,
        DateTimeOffset At) : Fact;

    /// <summary>Not every series of a group is known any more.</summary>
    internal sealed record GroupIncomplete(string Group, Incompleteness Why, DateTimeOffset At) : Fact;

    /// <summary>A whole delivery of that group came.</summary>
    internal sealed record GroupComplete(string Group, Incompleteness Why, DateTimeOffset At) : Fact;

    internal static UnreachableException Unknown(Fact fact) => new($"No rule for the fact {fact.GetType().Name}.");
}

/// <summary>The person behind a fact.</summary>
/// <param name="By">As the credentials say.</param>
/// <param name="SaidBy">As the caller says, unproven; null when nothing was said.</param>
internal sealed record Author(string By, string? SaidBy, Guid CommandId);
