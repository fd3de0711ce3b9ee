using Incidents.WebFront.Auth;

namespace Incidents.WebFront.Hosting;

internal static class Http
{
    /// <summary>For all but webhooks, which have a setting.</summary>
    private const int MaxBodyBytes = 65_536;

    public static void AddHttp(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
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

    /// <summary>Last, when all configuration is there.</summary>
    public static void ListenOnThisMachineUnlessTold(this WebApplicationBuilder builder)
    {
        if (ListenUrls.Of(builder.Configuration).Count == 0)
        {
            builder.WebHost.UseUrls(ListenUrls.Standard);
        }
    }
}
