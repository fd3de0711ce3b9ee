using Incidents.WebFront.Pages;

namespace Incidents.WebFront.Hosting;

/// <summary>A Host header that is none ends here: pages are built upon it, and anybody can send one.</summary>
internal static class HostHeader
{
    public static void UseSoundHosts(this WebApplication app) => app.Use(static (http, next) =>
    {
        if (IsSound(http.Request))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        http.Response.ContentType = "text/plain";
        return http.Response.WriteAsync("The Host header names no host.");
    });

    private static bool IsSound(HttpRequest request) => request.Host.HasValue
        ? Uri.TryCreate($"http://{request.Host.Value}/", UriKind.Absolute, out _)
        : PageProblems.AreForPrograms(request.Path); // a probe of a load balancer has none
}
