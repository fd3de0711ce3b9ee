using System.Text.Json.Serialization.Metadata;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Api;

/// <summary>Carries a person's command to the incident's grain, and answers from there: the database that lists are
/// read from may lag.</summary>
internal sealed class IncidentCommands(IGrainFactory grains, TimeProvider clock)
{
    public const string KeyHeader = "Idempotency-Key";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

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

        return body.Fault is { } fault ? Problems.BadRequest(fault) : await Carry(http.Response, body.Complete(new()
        {
            CommandId = commandId,
            Kind = kind,
            IncidentId = incident,
            Actor = Caller.Name(http),
            Deadline = clock.GetUtcNow() + AnswerWithin,
        }));
    }

    private async Task<IResult> Carry(HttpResponse response, IncidentCommand command)
    {
        using var deadline = new CancellationTokenSource(AnswerWithin, clock);
        try
        {
            return Answer(response, command, await RepeatedCall.Until(
                static answer => answer.Outcome != CommandOutcome.Overloaded,
                _ => grains.Reach<IIncidentKeyGrain>(command.IncidentId.Key.Value).Command(command.SentAt(clock.GetUtcNow())),
                clock,
                deadline.Token));
        }
        catch (OperationCanceledException)
        {
            return Problems.Unavailable(response, "Not confirmed in time; send it again with the same Idempotency-Key.");
        }
    }

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
