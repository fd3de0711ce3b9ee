using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Incidents.Silo;
using Incidents.WebFront;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Incidents.TestKit;

/// <summary>The whole service in this process: a database of its own, a silo and WebFront as their programs build them,
/// found by each other through the database and spoken to over real HTTP.</summary>
public sealed class IncidentsSystem : IAsyncDisposable
{
    /// <summary>On a busy machine too, what can be stored is.</summary>
    private const string Patient = "00:00:24";

    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);

    private readonly CollectedLog _log;
    private readonly WebApplication _silo;
    private readonly WebApplication _web;
    private readonly ActiveRequests _requests;
    private readonly DirectoryInfo _spool;

    private IncidentsSystem(TestDatabase database, CollectedLog log, WebApplication silo, WebApplication web, DirectoryInfo spool)
    {
        (Database, _log, _silo, _web, _spool) = (database, log, silo, web, spool);
        _requests = new(web.Services);
    }

    public TestDatabase Database { get; }

    public HttpClient Client { get; } = new() { Timeout = TimeSpan.FromMinutes(3) };

    /// <summary>Where the silo tells about itself.</summary>
    public Uri SiloUrl => new(_silo.Urls.Single());

    /// <summary>WebFront's way to the grains.</summary>
    public IGrainFactory Grains => _web.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Requests that WebFront has under way.</summary>
    public long RequestsUnderWay => _requests.Count;

    /// <summary>The last warnings of both hosts.</summary>
    public string Log => _log.ToString();

    public static Task<IncidentsSystem> Start(CancellationToken cancel) => Start(new(), cancel);

    public static async Task<IncidentsSystem> Start(SystemSettings settings, CancellationToken cancel)
    {
        var database = await TestDatabase.Create();
        var connection = settings.ConnectionString?.Invoke(database) ?? database.ConnectionString;
        var log = new CollectedLog(LogLevel.Warning);
        var silo = SiloApp.Build([], builder => Configure(builder, log, settings.SiloClock ?? settings.Clock, connection, Silo(settings)));
        var spool = Directory.CreateTempSubdirectory("incidents-spool.");
        var web = WebFrontApp.Build([], builder => Configure(builder, log, settings.Clock, connection, Web(settings, spool)));
        var system = new IncidentsSystem(database, log, silo, web, spool);
        try
        {
            await silo.StartAsync(cancel);
            await web.StartAsync(cancel);
            system.Client.BaseAddress = new(web.Urls.Single());
            await system.IsReady(StartWithin, cancel);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    public async Task<HttpStatusCode> Ready(CancellationToken cancel)
    {
        using var answer = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel);
        return answer.StatusCode;
    }

    /// <summary>The word that /health/ready begins with.</summary>
    public async Task<string> Health(CancellationToken cancel)
    {
        using var answer = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancel)).GetProperty("status").GetString()!;
    }

    public Task IsReady(TimeSpan within, CancellationToken cancel) => Eventually.Holds(
        "WebFront is ready", async () => await Health(cancel) == "ready", within, cancel, () => Log);

    public Task StopWeb(CancellationToken cancel) => _web.StopAsync(cancel);

    public Task StopSilo(CancellationToken cancel) => _silo.StopAsync(cancel);

    /// <summary>In the order in which nothing is lost: no new webhook, then the silo writes what it accepted.</summary>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _requests.Dispose();
        await End(_web);
        await End(_silo);
        await Database.DisposeAsync();
        _spool.Delete(recursive: true);
    }

    private static async Task End(WebApplication host)
    {
        try
        {
            await host.StopAsync(CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // It did not finish in its own time. Thrown from a disposal this would hide why the test failed.
        }

        await host.DisposeAsync();
    }

    private static Dictionary<string, string> Silo(SystemSettings settings) => new(settings.Silo)
    {
        ["Orleans:Endpoints:SiloPort"] = $"{FreePort.Next()}",
        ["Orleans:Endpoints:GatewayPort"] = $"{FreePort.Next()}",
    };

    private static Dictionary<string, string> Web(SystemSettings settings, DirectoryInfo spool)
    {
        var web = new Dictionary<string, string>(settings.Web);
        web.TryAdd("Spool:Directory", spool.FullName);
        web.TryAdd("Spool:After", Patient);
        return web;
    }

    private static void Configure(
        WebApplicationBuilder builder,
        CollectedLog log,
        TimeProvider? clock,
        string connection,
        IEnumerable<KeyValuePair<string, string>> settings)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);
        builder.Configuration.AddInMemoryCollection(
        [
            new("urls", "http://127.0.0.1:0"),
            new("ConnectionStrings:Incidents", connection),
            .. settings.Select(static s => KeyValuePair.Create(s.Key, (string?)s.Value)),
        ]);
        if (clock is not null)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(clock));
        }
    }
}
