using Incidents.WebFront.Auth;

namespace Incidents.WebFront.Hosting;

internal static class Http
{
    /// <summary>For all but webhooks, which have a setting.</summary>
    private const int MaxBodyBytes = 65_536;

    public static void AddHttp(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(static problems => problems.CustomizeProblemDetails = static context =>
            context.ProblemDetails.Detail ??= Detail(context.HttpContext.Response.StatusCode));
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16_384;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;

            // Senders are servers; one that trickles holds a slot that others wait for.
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 8_192, gracePeriod: TimeSpan.FromSeconds(5));
        });
    }

    /// <summary>For what no endpoint of ours answers.</summary>
    private static string Detail(int status) => status switch
    {
        StatusCodes.Status404NotFound => "There is nothing at this path. /api/docs shows what there is.",
        StatusCodes.Status405MethodNotAllowed => "Not with this method; the header Allow names those that there are.",
        StatusCodes.Status415UnsupportedMediaType => "Content-Type must be application/json.",
        >= 500 => "An error of the service itself; its log has more.",
        _ => "The request cannot be understood.",
    };

    /// <summary>Last, when all configuration is there.</summary>
    public static void ListenOnThisMachineUnlessTold(this WebApplicationBuilder builder)
    {
        if (ListenUrls.Of(builder.Configuration).Count == 0)
        {
            builder.WebHost.UseUrls(ListenUrls.Standard);
        }
    }
}
