using System.Globalization;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Auth;
using Incidents.WebFront.AuditTrail;
using Incidents.WebFront.Commands;

namespace Incidents.WebFront.Pages;

/// <summary>Does what the forms of an incident's page say. What is done leads back to the page; so does a press that is
/// refused. A refused text comes back in its form, so that nobody has to write it again.</summary>
internal static class IncidentActions
{
    public static void MapIncidentActions(this IEndpointRouteBuilder act)
    {
        Map("acknowledge", CommandKind.Acknowledge);
        Map("unacknowledge", CommandKind.Unacknowledge);
        Map("resolve", CommandKind.Resolve);
        Map("note", CommandKind.Note);
        Map("amend", CommandKind.Amend);

        void Map(string name, CommandKind kind) => act.MapPost(
            $"/incidents/{{id}}/{name}",
            (HttpContext http, string id, IncidentReader reader, CommandCarrier carrier) =>
                IncidentEndpoints.Of(http, id, (incident, cancel) => Do(http, incident, kind, reader, carrier, cancel)));
    }

    private static async Task<IResult> Do(
        HttpContext http, IncidentId id, CommandKind kind, IncidentReader reader, CommandCarrier carrier, CancellationToken cancel)
    {
        var form = await http.Request.ReadFormAsync(cancel);
        if (!Guid.TryParse(form["command_id"], out var commandId)
            || !int.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision))
        {
            return PageAnswer.Failure(http, StatusCodes.Status400BadRequest, Words.BadRequestTitle, Words.StaleForm);
        }

        var draft = Read(form);
        if (Fault(kind, draft) is { } fault)
        {
            return await IncidentEndpoints.Show(
                http, reader, id, new(kind, CommandOutcome.AlreadySo) { Fault = fault, Draft = draft }, StatusCodes.Status400BadRequest, cancel);
        }

        if (kind == CommandKind.Amend && draft.Changed == Findings.None)
        {
            return PageAnswer.SeeOther(http, $"/incidents/{id}"); // it is as it was
        }

        var result = await carrier.Carry(Command(id, kind, commandId, revision, draft, Caller.Name(http), carrier.AnswerBy), Origin.Of(http));
        var doing = new Doing(kind, result?.Outcome);
        if (doing.IsDone || kind is CommandKind.Acknowledge or CommandKind.Unacknowledge)
        {
            http.Response.Headers.Location = $"/incidents/{id}{doing.Query}";
            return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
        }

        var refused = doing with { Draft = draft, Meanwhile = await reader.Since(id, revision, cancel) };
        return await IncidentEndpoints.Show(http, reader, id, refused, StatusCodes.Status409Conflict, cancel);
    }

    /// <summary>Two people may write into different fields: only what differs from what the page showed is the person's.</summary>
    private static Draft Read(IFormCollection form)
    {
        var (action, cause, isNoise) = (FoundOut.Text(form["action_taken"]), FoundOut.Text(form["root_cause"]), form["is_noise"] == "true");
        var changed = (action != FoundOut.Text(form["was_action_taken"]) ? Findings.ActionTaken : Findings.None)
            | (cause != FoundOut.Text(form["was_root_cause"]) ? Findings.RootCause : Findings.None)
            | (isNoise != (form["was_noise"] == "true") ? Findings.IsNoise : Findings.None);
        return new(FoundOut.Text(form["note"]), action, cause, isNoise, changed);
    }

    /// <summary>A note changes nothing that others decided on, so that it needs no revision.</summary>
    private static IncidentCommand Command(
        IncidentId id, CommandKind kind, Guid commandId, int revision, Draft draft, string actor, DateTimeOffset answerBy)
    {
        var found = kind is CommandKind.Resolve or CommandKind.Amend;
        return new()
        {
            CommandId = commandId,
            Kind = kind,
            IncidentId = id,
            Revision = kind == CommandKind.Note ? null : revision,
            Actor = actor,
            Deadline = answerBy,
            Note = kind == CommandKind.Note ? draft.Note : null,
            ActionTaken = found ? draft.ActionTaken : null,
            RootCause = found ? draft.RootCause : null,
            IsNoise = found && (draft.IsNoise || kind == CommandKind.Amend) ? draft.IsNoise : null,
            Amends = kind == CommandKind.Amend ? draft.Changed : Findings.None,
        };
    }

    private static string? Fault(CommandKind kind, Draft draft) =>
        draft is { Note.Length: > FoundOut.Longest } or { ActionTaken.Length: > FoundOut.Longest } or { RootCause.Length: > FoundOut.Longest }
            ? IncidentWords.TooLong
            : kind == CommandKind.Note && draft.Note is null ? IncidentWords.EmptyNote : null;
}
