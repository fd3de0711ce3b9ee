using System.Text.Json.Serialization.Metadata;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.AuditTrail;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Commands;

namespace Incidents.WebFront.Api;

/// <summary>Takes a person's command, and answers with what the incident's grain says: the database that lists are read
/// from may lag.</summary>
internal sealed class IncidentCommands(CommandCarrier carrier, TimeProvider clock)
{
    public const string KeyHeader = "Idempotency-Key";

    public async Task<IResult> Handle<TBody>(
        HttpContext http, string id, string? key, CommandKind kind, JsonTypeInfo<TBody> type)
        where TBody : CommandBody, new()
    {
        if (!IncidentId.TryParse(id, out var incident))
        {
            return Problems.NotAnIncidentId();
        }

        var commandId = Guid.CreateVersion7(clock.GetUtcNow());
        if (key is not null && !Guid.TryParse(key, out commandId))
        {
            return Problems.BadRequest("Idempotency-Key must be a UUID.");
        }

        var (body, unreadable) = await JsonBody.Read(http.Request, type, http.RequestAborted);
        if (body is null)
        {
            return unreadable!;
        }

        return body.Fault is { } fault ? Problems.BadRequest(fault) : await Answer(http, body.Complete(new()
        {
            CommandId = commandId,
            Kind = kind,
            IncidentId = incident,
            Actor = Caller.Name(http),
            Deadline = carrier.AnswerBy,
        }));
    }

    private async Task<IResult> Answer(HttpContext http, IncidentCommand command) =>
        await carrier.Carry(command, Origin.Of(http)) is { } result
            ? Answer(http.Response, command, result)
            : Problems.Unavailable(http.Response, "Not confirmed in time; send it again with the same Idempotency-Key.");

    private static IResult Answer(HttpResponse response, IncidentCommand command, CommandResult result) => result.Outcome switch
    {
        CommandOutcome.Done or CommandOutcome.Repeated => State(result),
        CommandOutcome.AlreadySo when command.Kind == CommandKind.Amend => State(result), // as asked for, whoever did it
        CommandOutcome.AlreadyResolved or CommandOutcome.AlreadySo or CommandOutcome.StaleRevision or CommandOutcome.NotResolved =>
            Problems.Refused(result.Outcome, IncidentState.Of(result.Current!)),
        CommandOutcome.NotCurrent => Problems.UnknownIncident(),
        CommandOutcome.Expired or CommandOutcome.Overloaded =>
            Problems.Unavailable(response, "Not carried out in time; send it again."),
        CommandOutcome.CommandIdUsed => Problems.BadRequest("This Idempotency-Key was used for another command."),
        CommandOutcome.Unstorable => Problems.BadRequest("The database refuses this text."),
    };

    private static IResult State(CommandResult result) =>
        result.Current is { } current ? TypedResults.Ok(IncidentState.Of(current)) : Problems.UnknownIncident();
}
