using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Incidents.Settings;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Auth.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Tests.Http;

/// <summary>The whole service over real HTTP on a free port, with neither silo nor database.</summary>
internal sealed class RunningWebFront : IAsyncDisposable
{
    public const string Token = "a-token-long-enough";

    private readonly WebApplication _app;

    private RunningWebFront(WebApplication app) => _app = app;

    public HttpClient Client { get; } = new();

    public IEnumerable<RouteEndpoint> Endpoints => EndpointsOf(_app);

    public static async Task<RunningWebFront> Start(params (string Key, string Value)[] settings)
    {
        var app = Build(settings);
        var running = new RunningWebFront(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        running.Client.BaseAddress = new(app.Urls.Single());
        return running;
    }

    public static WebApplication Build(params (string Key, string Value)[] settings) =>
        WebFrontApp.Build([], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["urls"] = "http://127.0.0.1:0",
                ["Spool:Enabled"] = "false",
                ["ConnectionStrings:Incidents"] = "Server=127.0.0.1;Port=1;Database=none;User ID=none",
            });
            builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider(); // kept in the database else
            builder.Configuration.AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        });

    public static IEnumerable<RouteEndpoint> EndpointsOf(IEndpointRouteBuilder app) =>
        app.DataSources.SelectMany(static source => source.Endpoints).Cast<RouteEndpoint>();

    /// <summary>The cookie of somebody who signed in.</summary>
    public string SessionOf(Scope scope)
    {
        var cookie = _app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Session.Scheme);
        var lives = new AuthenticationProperties { ExpiresUtc = TimeProvider.System.GetUtcNow().AddHours(1) };
        var ticket = new AuthenticationTicket(ApiTokenHandler.Ticket("ann", scope, Session.Scheme).Principal, lives, Session.Scheme);
        return $"{Session.Cookie}={cookie.TicketDataFormat.Protect(ticket)}";
    }

    /// <summary>As a setting has it.</summary>
    public static string HashOf(string secret) => "sha256:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>What stops the start, or nothing.</summary>
    public static IEnumerable<string> Faults(params (string Key, string Value)[] settings)
    {
        try
        {
            using var app = Build(settings);
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (Exception e) when (StartFaults.Of(e) is { } faults)
        {
            return [.. faults];
        }
    }

    public Task<HttpResponseMessage> Post(
        string path,
        string body,
        string contentType = "application/json",
        params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        request.Content.Headers.ContentType = contentType.Length > 0 ? MediaTypeHeaderValue.Parse(contentType) : null;
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value); // about the body
            }
        }

        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
