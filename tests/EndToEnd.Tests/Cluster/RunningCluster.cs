using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>Silos and WebFronts as processes on one schema of their own. When the test fails their logs and journals are
/// kept under <c>artifacts/test-logs</c>.</summary>
internal sealed class RunningCluster(TestDatabase database, string? connectionString = null) : IAsyncDisposable
{
    private const int Active = 3; // SiloStatus, as Orleans stores it
    private const int Dead = 6;

    private readonly string _logs = Directory.CreateTempSubdirectory("incidents-cluster.").FullName;
    private readonly string _connection = connectionString ?? database.ConnectionString;
    private readonly List<ServiceProcess> _processes = [];
    private readonly Dictionary<ServiceProcess, int> _siloPorts = [];
    private bool _failed;

    public TestDatabase Database => database;

    /// <summary>Those that run.</summary>
    public IEnumerable<ServiceProcess> Silos => _siloPorts.Keys.Where(static silo => !silo.HasEnded);

    /// <summary>To be said while the test still runs, that is before <see cref="TestContext"/> knows.</summary>
    public void Failed() => _failed = true;

    /// <summary>Starts all of them at once and waits until they are ready.</summary>
    public async Task<(List<ServiceProcess> Silos, List<ServiceProcess> WebFronts)> Start(
        int silos, int webFronts, CancellationToken cancel)
    {
        var started = Enumerable.Range(0, silos).Select(_ => StartSilo()).ToList();
        var fronts = Enumerable.Range(0, webFronts).Select(_ => StartWebFront()).ToList();
        await Task.WhenAll(started.Concat(fronts).Select(process => process.IsReady(cancel)));
        return (started, fronts);
    }

    /// <param name="through">Its own way to MySQL; null: that of all.</param>
    public ServiceProcess StartSilo(string? through = null) => StartSilo(FreePort.Next(), FreePort.Next(), through);

    /// <param name="siloPort">Where other silos reach it.</param>
    /// <param name="gatewayPort">Where WebFronts reach it.</param>
    /// <param name="through">Its own way to MySQL; null: that of all.</param>
    /// <param name="settings">More settings, such as where it really listens.</param>
    public ServiceProcess StartSilo(
        int siloPort, int gatewayPort, string? through = null, params (string Name, string Value)[] settings)
    {
        var silo = StartOwn(
            "Silo",
            FreePort.Next(),
            [
                ("Orleans:Endpoints:SiloPort", $"{siloPort}"),
                ("Orleans:Endpoints:GatewayPort", $"{gatewayPort}"),
                ("ConnectionStrings:Incidents", through ?? _connection),
                .. settings,
            ]);
        _siloPorts.Add(silo, siloPort);
        return silo;
    }

    /// <param name="port">Of one that was stopped, for a sender that knows it by its address; else any.</param>
    public ServiceProcess StartWebFront(int? port = null, params (string Name, string Value)[] settings)
    {
        var at = port ?? FreePort.Next();
        return StartOwn("WebFront", at, settings.Prepend(("Spool:Directory", SpoolOf(at))));
    }

    /// <summary>The journal of the WebFront at a port stays when that one ends, for the next one there.</summary>
    public string SpoolOf(int port) => Path.Combine(_logs, $"spool-{port}");

    /// <summary>Any program that shall end, and have its log kept, with the cluster.</summary>
    public ServiceProcess Start(
        string name, IReadOnlyList<string> command, int port, IEnumerable<(string Name, string Value)> environment)
    {
        var log = Path.Combine(_logs, $"{_processes.Count + 1}-{name}.log");
        var process = ServiceProcess.Start(command, new($"http://127.0.0.1:{port}"), log, environment);
        _processes.Add(process);
        return process;
    }

    /// <summary>How many silos the cluster itself counts as alive.</summary>
    public Task<int> ActiveSilos() =>
        database.Read<int>("SELECT COUNT(*) FROM OrleansMembershipTable WHERE Status = ?", Active);

    public async Task<bool> IsDeclaredDead(ServiceProcess silo) =>
        await database.Read<int>(
            "SELECT COUNT(*) FROM OrleansMembershipTable WHERE Status = ? AND Port = ?", Dead, _siloPorts[silo]) == 1;

    public async ValueTask DisposeAsync()
    {
        _processes.ForEach(static process => process.Dispose());
        await database.DisposeAsync();
        if (_failed || TestContext.Current.TestState is { Result: TestResult.Failed })
        {
            Keep();
        }

        Directory.Delete(_logs, recursive: true);
    }

    private void Keep()
    {
        foreach (var process in _processes.Where(static process => File.Exists(process.Log)))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{Path.GetFileName(process.Log)}: {string.Join('\n', process.OwnComplaints())}");
        }

        var kept = Path.Combine(Repository.Root, "artifacts", "test-logs", Path.GetFileName(_logs));
        foreach (var file in Directory.EnumerateFiles(_logs, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(kept, Path.GetRelativePath(_logs, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Move(file, to);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"The logs are kept in {kept}");
    }

    private ServiceProcess StartOwn(string project, int port, IEnumerable<(string Name, string Value)> settings) => Start(
        project,
        ["dotnet", Program(project)],
        port,
        settings
            .Prepend(("ConnectionStrings:Incidents", _connection))
            .Append(("Urls", $"http://127.0.0.1:{port}"))
            .Select(static setting => (setting.Item1.Replace(":", "__", StringComparison.Ordinal), setting.Item2)));

    /// <summary>As it was built beside these tests.</summary>
    private static string Program(string project)
    {
        var ours = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/EndToEnd.Tests/release
        var program = Path.Combine(ours.Parent!.Parent!.FullName, project, ours.Name, $"Incidents.{project}.dll");
        return File.Exists(program) ? program : throw new FileNotFoundException("Not built.", program);
    }
}
