using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Incidents.Telemetry;

/// <summary>Figures and traces of a host by OpenTelemetry: figures at <c>/metrics</c> for Prometheus, and both to a
/// collector when one is configured. The figures themselves are declared beside what they count.</summary>
internal static class HostTelemetry
{
    /// <summary>The name of our meters and of our activity sources.</summary>
    public const string Incidents = "Incidents";

    /// <summary>From what a healthy host needs to where senders give up; ASP.NET Core's own end at 10.</summary>
    private static readonly double[] RequestSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 20, 25, 30];

    /// <param name="service">How the host is called unless <c>OTEL_SERVICE_NAME</c> says otherwise.</param>
    /// <exception cref="FormatException">A setting is wrong.</exception>
    public static void AddTelemetry(this IHostApplicationBuilder builder, string service)
    {
        builder.Configuration.CheckLogLevels();
        var settings = TelemetrySettings.Of(builder.Configuration);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(service).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => Metrics(metrics, settings));
        if (settings.Traces)
        {
            telemetry.WithTracing(traces => Traces(traces, settings));
        }
    }

    public static IEndpointConventionBuilder MapMetrics(this WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics");

    private static void Metrics(MeterProviderBuilder metrics, TelemetrySettings settings)
    {
        metrics
            .AddMeter(Incidents, "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddView("http.server.request.duration", new ExplicitBucketHistogramConfiguration { Boundaries = RequestSeconds })
            .AddPrometheusExporter(static prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0); // as of now
        if (settings.Otlp)
        {
            metrics.AddOtlpExporter();
        }
    }

    private static void Traces(TracerProviderBuilder traces, TelemetrySettings settings)
    {
        traces.AddSource(Incidents, "Microsoft.Orleans.Application").AddAspNetCoreInstrumentation(static http =>
            http.Filter = static context => !context.Request.Path.StartsWithSegments("/metrics")
                && !context.Request.Path.StartsWithSegments("/health"));
        if (settings.Otlp)
        {
            traces.AddOtlpExporter();
        }
    }
}
