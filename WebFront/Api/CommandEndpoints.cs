using System.ComponentModel;
using System.Text.Json.Serialization.Metadata;
using Incidents.Grains.Interfaces;
using Microsoft.AspNetCore.Mvc;

namespace Incidents.WebFront.Api;

internal static class CommandEndpoints
{
    private const string Rules =
        " With revision only if the incident is still as it was seen; else 409 with the current state. "
        + "The same Idempotency-Key again gets the first answer.";

    public static void MapCommands(this IEndpointRouteBuilder api)
    {
        var incident = api.MapGroup("/incidents/{id}").WithTags("Commands")
            .ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415);
        Map("POST", "acknowledge", CommandKind.Acknowledge, ApiJson.Default.CommandBody,
            "Says that somebody is at it", "Of an active incident.");
        Map("POST", "unacknowledge", CommandKind.Unacknowledge, ApiJson.Default.CommandBody,
            "Takes an acknowledgement back", "The incident is active again.");
        Map("POST", "resolve", CommandKind.Resolve, ApiJson.Default.ResolveBody,
            "Resolves an incident", "Series that fire on open a new incident only after Episodes:HoldAfterResolve.");
        Map("POST", "notes", CommandKind.Note, ApiJson.Default.NoteBody,
            "Adds a note to the timeline", "Of any incident, also of a resolved one.");
        Map("PATCH", "", CommandKind.Amend, ApiJson.Default.AmendBody,
            "Amends what was found out", "Of a resolved incident: what is given changes, null clears, what is absent stays.");

        void Map<TBody>(
            string method, string name, CommandKind kind, JsonTypeInfo<TBody> body, string summary, string description)
            where TBody : CommandBody, new() => incident
            .MapMethods(name, [method], (
                HttpContext http,
                [Description("Such as INC-20260102030405-0123456789abcdef.")] string id,
                [FromHeader(Name = IncidentCommands.KeyHeader), Description("A UUID that names this command over its retries.")]
                string? key,
                IncidentCommands commands) => commands.Handle(http, id, key, kind, body))
            .Accepts<TBody>(isOptional: true, "application/json")
            .Produces<IncidentState>()
            .WithSummary(summary)
            .WithDescription(description + Rules);
    }
}
