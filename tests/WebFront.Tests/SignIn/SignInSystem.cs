using Incidents.TestKit;
using Incidents.WebFront.Tests.Whole;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Incidents.WebFront.Tests.SignIn;

/// <summary>Two WebFronts at which people sign in, on the database and the silo of the shared system.</summary>
public sealed class SignInSystem(SharedSystem shared) : IAsyncLifetime
{
    private readonly DirectoryInfo _spools = Directory.CreateTempSubdirectory("incidents-spool.");
    private WebApplication _first = null!;
    private WebApplication _second = null!;

    internal OpenIdProvider Provider { get; private set; } = null!;

    internal IncidentsSystem Shared { get; private set; } = null!;

    /// <summary>Of the second one.</summary>
    internal MovableClock Clock { get; } = new();

    internal Uri First => new(_first.Urls.Single());

    internal Uri Second => new(_second.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        Shared = await shared.Get();
        Provider = await OpenIdProvider.Start();
        _first = await Start("a", TimeProvider.System);
        _second = await Start("b", Clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        await Provider.DisposeAsync();
        _spools.Delete(recursive: true);
    }

    /// <summary>Somebody who has signed in.</summary>
    internal async Task<Browser> SignedIn(string name, params string[] groups)
    {
        Provider.Person = (name, groups);
        var browser = new Browser(First);
        var end = await browser.Get("/sign-in/start");
        Assert.True(browser.Session() is not null, $"{name} did not get in: {end}");
        return browser;
    }

    /// <summary>What the audit has of somebody, the oldest first.</summary>
    internal async Task<List<string>> Audit(string actor) => (await Shared.Database.Rows(
        "SELECT CONCAT_WS(' ', via, remote_address, action, target, outcome) FROM audit WHERE actor = ? ORDER BY audit_id", actor))
        .ConvertAll(static row => (string)row[0]!);

    private async Task<WebApplication> Start(string name, TimeProvider clock)
    {
        var app = WebFrontApp.Build([], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton(clock));
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["urls"] = "http://127.0.0.1:0",
                ["ConnectionStrings:Incidents"] = Shared.Database.ConnectionString,
                ["Spool:Directory"] = Path.Combine(_spools.FullName, name),
                ["SignIn:Mode"] = "oidc",
                ["SignIn:Authority"] = Provider.Authority,
                ["SignIn:ClientId"] = OpenIdProvider.ClientId,
                ["SignIn:ClientSecret"] = OpenIdProvider.ClientSecret,
                ["SignIn:KeysCertificateFile"] = KeysCertificate.Path,
                ["SignIn:Roles:Viewer:0"] = "everybody",
                ["SignIn:Roles:Responder:0"] = "on-call",
                ["SignIn:Roles:Admin:0"] = "platform",
            });
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        await Within.Deadline("a WebFront of people is ready", async () =>
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        });
        return app;
    }
}
