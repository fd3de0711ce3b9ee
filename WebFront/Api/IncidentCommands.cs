using System.Text.Json;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;
using Incidents.WebFront.Queries;
using Incidents.WebFront.Webhooks.Parsing;
using MySqlConnector;

namespace Incidents.WebFront.Api;

/// <summary>Carries a person's command to the incident's grain.</summary>
internal sealed class IncidentCommands(IGrainFactory grains, IncidentQueries queries, TimeProvider clock)
{
    private const string KeyHeader = "Idempotency-Key";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    public async Task<IResult> Handle(HttpContext http, string id, CommandKind kind)
    {
        if (!http.Request.HasJsonContentType())
        {
            return Problems.NotJson(); // A form on another site can post, but not with this content type.
        }

        if (!IncidentId.TryParse(id, out var incident))
        {
            return Problems.BadRequest("An incident id looks like INC-20260102030405-0123456789abcdef.");
        }

        var commandId = Guid.CreateVersion7(clock.GetUtcNow());
        if (http.Request.Headers[KeyHeader] is { Count: > 0 } keys && !Guid.TryParse(keys.ToString(), out commandId))
        {
            return Problems.BadRequest("Idempotency-Key must be a UUID.");
        }

        if (await ReadBody(http.Request, http.RequestAborted) is not { } body)
        {
            return Problems.BadRequest("The body must be a JSON object in UTF-8 of at most 64 KiB, or empty.");
        }

        return body.Fault is { } fault
            ? Problems.BadRequest(fault)
            : await Carry(http, Command(commandId, kind, incident, body));
    }

    private IncidentCommand Command(Guid commandId, CommandKind kind, IncidentId incident, CommandBody body) => new()
    {
        CommandId = commandId,
        Kind = kind,
        IncidentId = incident,
        Revision = body.Revision,
        Actor = CleanText.Strip(body.By ?? "api"),
        Deadline = clock.GetUtcNow() + AnswerWithin,
        ActionTaken = body.ActionTaken is { } action ? CleanText.Strip(action) : null,
        RootCause = body.RootCause is { } cause ? CleanText.Strip(cause) : null,
        IsNoise = body.IsNoise,
    };

    private async Task<IResult> Carry(HttpContext http, IncidentCommand command)
    {
        using var deadline = new CancellationTokenSource(AnswerWithin, clock);
        try
        {
            var result = await RepeatedCall.Until(
                static answer => answer.Outcome != CommandOutcome.Overloaded,
                _ => grains.Reach<IIncidentKeyGrain>(command.IncidentId.Key.Value).Command(command),
                clock,
                deadline.Token);
            return await Answer(http, command, result);
        }
        catch (Exception e) when (e is OperationCanceledException or MySqlException)
        {
            return Problems.Unavailable(http.Response, "Not confirmed in time; send it again with the same Idempotency-Key.");
        }
    }

    private async Task<IResult> Answer(HttpContext http, IncidentCommand command, CommandResult result) =>
        result.Outcome switch
        {
            CommandOutcome.Repeated when result.Current is null => // the key has a later incident by now
                TypedResults.Ok(IncidentState.Of((await queries.Find(command.IncidentId, http.RequestAborted))!)),
            CommandOutcome.Done or CommandOutcome.Repeated => TypedResults.Ok(IncidentState.Of(result.Current!)),
            CommandOutcome.AlreadyResolved or CommandOutcome.AlreadySo or CommandOutcome.StaleRevision
                or CommandOutcome.NotResolved =>
                Problems.Refused(result.Outcome, IncidentState.Of(result.Current!)),
            CommandOutcome.NotCurrent => await queries.Find(command.IncidentId, http.RequestAborted) is { } found
                ? Problems.Refused(result.Outcome, IncidentState.Of(found))
                : Problems.UnknownIncident(),
            CommandOutcome.Expired or CommandOutcome.Overloaded =>
                Problems.Unavailable(http.Response, "Not carried out in time; send it again."),
            CommandOutcome.CommandIdUsed => Problems.BadRequest("This Idempotency-Key was used for another command."),
            CommandOutcome.Unstorable => Problems.BadRequest("The database refuses this text."),
        };

    /// <summary>Null when it is not a JSON object.</summary>
    private static async Task<CommandBody?> ReadBody(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return request.ContentLength is 0 or null && !request.Headers.ContainsKey("Transfer-Encoding")
                ? new()
                : await request.ReadFromJsonAsync(ApiJson.Default.CommandBody, cancel);
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidOperationException)
        {
            return null; // not JSON, larger than Kestrel's limit, or in a charset that nobody knows
        }
    }
}
