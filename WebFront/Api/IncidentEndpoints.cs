using System.Globalization;
using System.Text.Json;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Queries;
using MySqlConnector;

namespace Incidents.WebFront.Api;

internal static class IncidentEndpoints
{
    private const int StandardLimit = 50;
    private const int MaxLimit = 200;

    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<IncidentQueries>();
        services.AddSingleton<IncidentCommands>();
        services.ConfigureHttpJsonOptions(static http =>
        {
            http.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower; // Wins over the context's.
            http.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
    }

    public static void MapApi(this WebApplication app)
    {
        var incidents = app.MapGroup("/api/incidents");
        incidents.MapGet("", List).Needs(Scope.Read);
        incidents.MapGet("{id}", Find).Needs(Scope.Read);
        MapCommand("acknowledge", CommandKind.Acknowledge);
        MapCommand("unacknowledge", CommandKind.Unacknowledge);
        MapCommand("resolve", CommandKind.Resolve);

        void MapCommand(string name, CommandKind kind) => incidents.MapPost(
            $"{{id}}/{name}",
            (HttpContext http, string id, IncidentCommands commands) => commands.Handle(http, id, kind)).Needs(Scope.Act);
    }

    private static Task<IResult> List(HttpContext http, IncidentQueries queries)
    {
        if (StatusFilter.Read(http.Request.Query["status"]) is not { } statuses)
        {
            return Problem("status must be active, acknowledged, resolved or open.");
        }

        var limit = StandardLimit;
        if (http.Request.Query["limit"] is { Count: > 0 } given
            && (!int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            return Problem($"limit must be between 1 and {MaxLimit}.");
        }

        return Read(http, async cancel => TypedResults.Ok(new IncidentList(await queries.List(statuses, limit, cancel))));
    }

    private static Task<IResult> Find(HttpContext http, string id, IncidentQueries queries) =>
        IncidentId.TryParse(id, out var incident)
            ? Read(http, async cancel => await queries.Find(incident, cancel) is { } found
                ? TypedResults.Ok(found)
                : Problems.UnknownIncident())
            : Problem("An incident id looks like INC-20260102030405-0123456789abcdef.");

    private static async Task<IResult> Read(HttpContext http, Func<CancellationToken, Task<IResult>> query)
    {
        try
        {
            return await query(http.RequestAborted);
        }
        catch (MySqlException)
        {
            return Problems.Unavailable(http.Response, "The database does not answer.");
        }
    }

    private static Task<IResult> Problem(string detail) => Task.FromResult<IResult>(Problems.BadRequest(detail));
}
