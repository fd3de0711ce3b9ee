using System.Text.Json;
using System.Text.Json.Serialization;
using Incidents.WebFront.AuditTrail;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Commands;
using Incidents.WebFront.Live;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Api;

/// <summary>The whole API: who may call what is said here, what each endpoint does in the file of its group.</summary>
internal static class ApiEndpoints
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<IncidentQueries>();
        services.AddSingleton<AlertQueries>();
        services.AddSingleton<TimelineQueries>();
        services.AddSingleton<CountQueries>();
        services.AddSingleton<RejectedQueries>();
        services.AddSingleton<LatestQueries>();
        services.AddSingleton<AuditQueries>();
        services.AddSingleton<KeyExplainer>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<CommandCarrier>();
        services.AddSingleton<IncidentCommands>();
        services.AddDescription();
        services.ConfigureHttpJsonOptions(static http =>
        {
            http.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower; // Wins over the context's.
            http.SerializerOptions.NumberHandling = JsonNumberHandling.Strict; // The description then says just "integer".
            http.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
    }

    public static void MapApi(this WebApplication app)
    {
        var read = Group(Scope.Read);
        read.MapIncidents();
        read.MapLive();
        read.MapAlerts();
        read.MapRejected();
        read.MapKeys();
        read.MapSenders();
        read.MapSystem();

        var act = Group(Scope.Act);
        act.MapCommands();

        app.MapDescription();

        RouteGroupBuilder Group(Scope scope) => app.MapGroup("/api")
            .Needs(scope)
            .AddEndpointFilterFactory(KnownParameters.Only)
            .ProducesProblem(400)
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(503);
    }
}
