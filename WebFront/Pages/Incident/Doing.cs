using Incidents.Grains.Interfaces;
using Incidents.WebFront.Api;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Pages;

/// <summary>What came of what somebody wanted to do with an incident, and what they had written.</summary>
/// <param name="Outcome">Null: nothing was confirmed in time.</param>
public sealed record Doing(CommandKind Kind, CommandOutcome? Outcome)
{
    private const string Unconfirmed = "unconfirmed";

    public bool IsDone => Outcome is CommandOutcome.Done or CommandOutcome.Repeated;

    /// <summary>Written by the person and not stored; still in the form.</summary>
    public Draft? Draft { get; init; }

    /// <summary>Why it was not even tried.</summary>
    public string? Fault { get; init; }

    /// <summary>What others did since the person looked, the newest first.</summary>
    public IReadOnlyList<TimelineRow> Meanwhile { get; init; } = [];

    /// <summary>By name, so that nobody can put words of their own on a page of ours.</summary>
    internal string Query =>
        $"?{(IsDone ? "done" : "refused")}={Kind.ToString().ToLowerInvariant()}{(IsDone ? "" : $"&why={(Outcome is { } known ? Outcomes.Text(known) : Unconfirmed)}")}";

    /// <summary>An address can be made up: what was done is said only where the incident is so.</summary>
    public bool Fits(string status) => !IsDone || Kind switch
    {
        CommandKind.Acknowledge => status == "acknowledged",
        CommandKind.Unacknowledge => status == "active",
        CommandKind.Resolve => status == "resolved",
        _ => true,
    };

    internal static Doing? Read(IQueryCollection query)
    {
        if (Said.Named<CommandKind>(query["done"]) is { } done)
        {
            return new(done, CommandOutcome.Done);
        }

        var why = query["why"].ToString();
        return Said.Named<CommandKind>(query["refused"]) is { } kind && (Said.Named<CommandOutcome>(why) is not null || why == Unconfirmed)
            ? new(kind, Said.Named<CommandOutcome>(why))
            : null;
    }
}

/// <summary>What somebody wrote into a form of an incident.</summary>
/// <param name="Changed">Of the findings those that the person changed; the others are as the page showed them.</param>
public sealed record Draft(string? Note, string? ActionTaken, string? RootCause, bool IsNoise, Findings Changed);
