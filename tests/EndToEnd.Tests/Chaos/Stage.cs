using System.Net.Http.Json;
using System.Text.Json;
using Incidents.EndToEnd.Tests.Cluster;
using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Chaos;

/// <summary>The proxies at the addresses that a silo tells others.</summary>
internal sealed record WaysToSilo(CutProxy ToSilo, CutProxy ToGateway);

/// <summary>The service of a scenario: silos and WebFronts as processes, on a MySQL server of their own.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private static readonly HttpClient Http = new();

    private readonly List<ServiceProcess> _silos = [];
    private readonly List<ServiceProcess> _webFronts = [];
    private readonly List<WaysToSilo> _ways = [];
    private readonly bool _behindProxies;
    private readonly (string Name, string Value)[] _settings;

    private Stage(PrivateMySql mySql, TestDatabase database, bool behindProxies, (string Name, string Value)[] settings)
    {
        (MySql, FirstSilosWay, Cluster) = (mySql, new(database.Port), new(database));
        (_behindProxies, _settings) = (behindProxies, settings);
    }

    public PrivateMySql MySql { get; }

    public RunningCluster Cluster { get; }

    /// <summary>Between the first silo and MySQL.</summary>
    public CutProxy FirstSilosWay { get; }

    public IReadOnlyList<ServiceProcess> Silos => _silos;

    public IReadOnlyList<ServiceProcess> WebFronts => _webFronts;

    /// <summary>Of each silo that was started behind proxies.</summary>
    public IReadOnlyList<WaysToSilo> Ways => _ways;

    public IEnumerable<ServiceProcess> Processes => _silos.Concat(_webFronts);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="mySql">Ends with the stage.</param>
    /// <param name="settings">Of the silos.</param>
    public static async Task<Stage> Start(
        PrivateMySql mySql, int silos, int webFronts, bool behindProxies = false, params (string Name, string Value)[] settings)
    {
        var stage = new Stage(mySql, await TestDatabase.Create(mySql), behindProxies, settings);
        try
        {
            stage._silos.AddRange(Enumerable.Range(0, silos).Select(stage.StartSilo));
            stage._webFronts.AddRange(Enumerable.Range(0, webFronts).Select(_ => stage.Cluster.StartWebFront(null, Form.WebFront)));
            await Task.WhenAll(stage.Processes.Select(static process => process.IsReady(Cancel)));
            return stage;
        }
        catch
        {
            stage.Cluster.Failed();
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts another silo in place of one that ended, as whatever supervises them does.</summary>
    public ServiceProcess FollowSilo(ServiceProcess ended)
    {
        var place = _silos.IndexOf(ended);
        return _silos[place] = StartSilo(place);
    }

    /// <summary>The same for all that ended by themselves.</summary>
    public void FollowEnded() => _silos.Where(static silo => silo.HasEnded).ToList().ForEach(silo => FollowSilo(silo));

    /// <summary>The same for a WebFront, which has the address and the journal of the one that ended.</summary>
    public ServiceProcess FollowWebFront(ServiceProcess ended) =>
        _webFronts[_webFronts.IndexOf(ended)] = Cluster.StartWebFront(ended.Url.Port, Form.WebFront);

    /// <summary>How many deliveries wait in the spools of the WebFronts that answer.</summary>
    public async Task<int> Spooled(CancellationToken cancel) => (await Task.WhenAll(_webFronts.Select(web => Spooled(web, cancel)))).Sum();

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        foreach (var proxy in _ways.SelectMany(static way => new[] { way.ToSilo, way.ToGateway }).Append(FirstSilosWay))
        {
            await proxy.DisposeAsync();
        }

        await MySql.DisposeAsync();
    }

    private static async Task<int> Spooled(ServiceProcess web, CancellationToken cancel)
    {
        try
        {
            var system = await Http.GetFromJsonAsync<JsonElement>(new Uri(web.Url, "/api/system"), cancel);
            return system.GetProperty("spool").GetProperty("deliveries").GetInt32();
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    private ServiceProcess StartSilo(int place)
    {
        var through = place == 0 ? Cluster.Database.ConnectionStringThrough(FirstSilosWay.Port) : null;
        var (silo, gateway) = (FreePort.Next(), FreePort.Next());
        if (!_behindProxies)
        {
            return Cluster.StartSilo(silo, gateway, through, _settings);
        }

        var ways = new WaysToSilo(new(silo), new(gateway));
        _ways.Add(ways);
        return Cluster.StartSilo(
            ways.ToSilo.Port,
            ways.ToGateway.Port,
            through,
            [
                ("Orleans:Endpoints:SiloListeningEndpoint", $"127.0.0.1:{silo}"),
                ("Orleans:Endpoints:GatewayListeningEndpoint", $"127.0.0.1:{gateway}"),
                .. _settings,
            ]);
    }
}
