using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>A fact other than an alert, as a row of <c>incident_events</c>.</summary>
/// <param name="Reason">The snake_case name of an enum: alert reason, resolution or incompleteness.</param>
/// <param name="Detail">A JSON object, or null.</param>
/// <param name="AlertsReceived">How many alerts of the incident came before it: alerts and events have one order.</param>
internal sealed record TimelineEntry(
    IncidentId IncidentId,
    int Seq,
    DateTimeOffset At,
    TimelineKind Kind,
    string? Reason,
    string? Actor,
    string? Detail,
    int Revision,
    long AlertsReceived,
    Guid? CommandId)
{
    // Read back as data and escaped by whoever shows it; relaxed keeps unicode readable and short.
    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="after">The incident once the fact is applied.</param>
    public static TimelineEntry Of(Fact fact, Episode after) => fact switch
    {
        Fact.Opened f => Entry(after, f.At, TimelineKind.Opened, f.Reason.Snake(),
            detail: new() { ["severity"] = f.Severity, ["is_test"] = f.IsTest }),
        Fact.SeverityChanged f => Entry(after, f.At, TimelineKind.SeverityChanged,
            detail: new() { ["from"] = f.From, ["to"] = f.To, ["peak"] = f.Peak }),
        Fact.Acknowledged f => ByPerson(after, f.At, TimelineKind.Acknowledged, f.Author, fact),
        Fact.Unacknowledged f => ByPerson(after, f.At, TimelineKind.Unacknowledged, f.Author, fact),
        Fact.Resolved { Closure: var c } f => Entry(
            after, c.At, TimelineKind.Resolved, c.Resolution.Snake(), c.By, Said(f, after.Status), f.CommandId),
        Fact.Noted f => ByPerson(after, f.At, TimelineKind.Noted, f.Author, fact),
        Fact.Amended f => ByPerson(after, f.At, TimelineKind.Amended, f.Author, fact),
        Fact.GroupIncomplete f => Entry(after, f.At, TimelineKind.Incomplete, f.Why.Snake(),
            detail: new() { ["group"] = f.Group }),
        Fact.GroupComplete f => Entry(after, f.At, TimelineKind.Complete, f.Why.Snake(),
            detail: new() { ["group"] = f.Group }),
        _ => throw Fact.Unknown(fact),
    };

    /// <summary>The detail of what a person can bring about; null when there is none.</summary>
    /// <param name="status">What the incident is then.</param>
    public static JsonObject? Said(Fact fact, IncidentStatus status) => fact switch
    {
        Fact.Acknowledged f => WithSaidBy([], f.Author.SaidBy),
        Fact.Unacknowledged f => WithSaidBy([], f.Author.SaidBy),
        Fact.Resolved { Closure: { ActionTaken: null, RootCause: null, IsNoise: null, SaidBy: null } } => null,
        Fact.Resolved { Closure: var c } => WithSaidBy(
            new() { ["action_taken"] = c.ActionTaken, ["root_cause"] = c.RootCause, ["is_noise"] = c.IsNoise }, c.SaidBy),
        Fact.Noted f => WithSaidBy(new() { ["text"] = f.Text, ["status"] = status.Snake() }, f.Author.SaidBy),
        Fact.Amended f => WithSaidBy(Amendments(f), f.Author.SaidBy),
        _ => throw Fact.Unknown(fact),
    };

    private static TimelineEntry ByPerson(Episode after, DateTimeOffset at, TimelineKind kind, Author author, Fact fact) =>
        Entry(after, at, kind, actor: author.By, detail: Said(fact, after.Status), command: author.CommandId);

    private static JsonObject? WithSaidBy(JsonObject detail, string? saidBy)
    {
        if (saidBy is not null)
        {
            detail["said_by"] = saidBy;
        }

        return detail.Count > 0 ? detail : null;
    }

    /// <summary>A member that is null was cleared; one that is absent stayed.</summary>
    private static JsonObject Amendments(Fact.Amended f)
    {
        var detail = new JsonObject();
        if (f.Which.HasFlag(Findings.ActionTaken))
        {
            detail["action_taken"] = f.ActionTaken;
        }

        if (f.Which.HasFlag(Findings.RootCause))
        {
            detail["root_cause"] = f.RootCause;
        }

        if (f.Which.HasFlag(Findings.IsNoise))
        {
            detail["is_noise"] = f.IsNoise;
        }

        return detail;
    }

    private static TimelineEntry Entry(
        Episode after,
        DateTimeOffset at,
        TimelineKind kind,
        string? reason = null,
        string? actor = null,
        JsonObject? detail = null,
        Guid? command = null) =>
        new(after.Id, after.EventSeq, at, kind, reason, actor, detail?.ToJsonString(Relaxed), after.Revision,
            after.AlertsReceived, command);
}

internal enum TimelineKind
{
    Opened = 1,
    SeverityChanged = 2,
    Acknowledged = 3,
    Unacknowledged = 4,
    Resolved = 5,
    Incomplete = 6,
    Complete = 7,
    Noted = 8,
    Amended = 9,
}
