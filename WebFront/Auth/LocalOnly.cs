namespace Incidents.WebFront.Auth;

/// <summary>Shuts endpoints that have no credentials of their own to all but this machine. A webhook token opens
/// webhooks, nothing else.</summary>
internal sealed class LocalOnly : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Loopback.Admits(context.HttpContext)
            ? await next(context)
            : TypedResults.Problem("The API answers on this machine only (http://127.0.0.1).", statusCode: 403);
}
