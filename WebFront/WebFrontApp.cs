using Incidents.Telemetry;
using Incidents.WebFront.Api;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Auth.Proxies;
using Incidents.WebFront.Auth.SignIn;
using Incidents.WebFront.Health;
using Incidents.WebFront.Hosting;
using Incidents.WebFront.Live;
using Incidents.WebFront.Pages;
using Incidents.WebFront.Senders;
using Incidents.WebFront.Slack;
using Incidents.WebFront.Spool;
using Incidents.WebFront.Webhooks;

namespace Incidents.WebFront;

/// <summary>The whole service, for its program and for tests.</summary>
internal static class WebFrontApp
{
    /// <param name="configure">Has the last word on settings and services.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddLogDefaults();
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // StartUp says it in one line
        builder.Services.AddPages();
        builder.AddHttp();
        builder.AddClusterClient();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDatabase();
        builder.Services.AddAccess();
        builder.Services.AddSpool();
        builder.Services.AddWebhooks();
        builder.Services.AddSenders();
        builder.Services.AddApi();
        builder.Services.AddSlack();
        builder.Services.AddLive();
        builder.Services.AddSingleton<Readiness>();
        configure?.Invoke(builder);
        builder.AddSignIn();
        builder.AddTelemetry("incidents-webfront");
        builder.AddWatching();
        builder.ListenOnThisMachineUnlessTold();

        var app = builder.Build();
        app.UsePeers();
        app.UseSoundHosts();
        app.UseResponseCompression();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.MapWebhooks();
        app.MapApi();
        app.MapSlack();
        app.MapPages();
        app.MapHealth();
        app.MapWatching();
        return app;
    }
}
