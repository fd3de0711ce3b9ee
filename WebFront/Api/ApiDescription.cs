using Incidents.WebFront.Auth;
using Scalar.AspNetCore;

namespace Incidents.WebFront.Api;

/// <summary>The API described for programs (OpenAPI) and, as a page, for people.</summary>
internal static class ApiDescription
{
    /// <summary>Nothing from the internet: the page's scripts are our own assets.</summary>
    private const string PagePolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void AddDescription(this IServiceCollection services) => services.AddOpenApi("v1", static options =>
    {
        options.ShouldInclude = static endpoint => endpoint.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Incidents",
                Version = "v1",
                Description = "Incidents made of Grafana's and Alertmanager's alerts: lists, details and what people do to them. "
                    + "Times are UTC, errors are RFC 9457 problems, lists go on with next_cursor.",
            };
            document.Servers = [new() { Url = "/" }];
            return Task.CompletedTask;
        });
    });

    public static void MapDescription(this WebApplication app)
    {
        var readers = app.MapGroup("").Needs(Scope.Read);
        readers.MapOpenApi("/openapi/v1.json");
        readers.MapGroup("").AddEndpointFilter(static (call, next) =>
        {
            call.HttpContext.Response.Headers.ContentSecurityPolicy = PagePolicy;
            return next(call);
        }).MapScalarApiReference("/api/docs", static page => page
            .WithTitle("Incidents API")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideClientButton()
            .HideDeveloperTools()
            .WithOpenApiRoutePattern("/openapi/v1.json"));
    }
}
