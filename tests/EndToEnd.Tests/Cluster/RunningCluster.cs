using Incidents.TestKit;

namespace Incidents.EndToEnd.Tests.Cluster;

/// <summary>Silos and WebFronts as processes on one schema of their own. When the test fails their logs are kept under
/// <c>artifacts/test-logs</c>.</summary>
internal sealed class RunningCluster(TestDatabase database, string? connectionString = null) : IAsyncDisposable
{
    private const int Active = 3; // SiloStatus, as Orleans stores it
    private const int Dead = 6;

    private readonly string _logs = Directory.CreateTempSubdirectory("incidents-cluster.").FullName;
    private readonly string _connection = connectionString ?? database.ConnectionString;
    private readonly List<ServiceProcess> _processes = [];
    private readonly Dictionary<ServiceProcess, int> _siloPorts = [];

    public TestDatabase Database => database;

    /// <summary>Starts all of them at once and waits until they are ready.</summary>
    public async Task<(List<ServiceProcess> Silos, List<ServiceProcess> WebFronts)> Start(
        int silos, int webFronts, CancellationToken cancel)
    {
        var started = Enumerable.Range(0, silos).Select(_ => StartSilo()).ToList();
        var fronts = Enumerable.Range(0, webFronts).Select(_ => StartWebFront()).ToList();
        await Task.WhenAll(started.Concat(fronts).Select(process => process.IsReady(cancel)));
        return (started, fronts);
    }

    public ServiceProcess StartSilo()
    {
        var port = FreePort.Next();
        var silo = Start(
            "Silo",
            ("Orleans:Endpoints:SiloPort", $"{port}"),
            ("Orleans:Endpoints:GatewayPort", $"{FreePort.Next()}"));
        _siloPorts.Add(silo, port);
        return silo;
    }

    /// <param name="port">Of one that was stopped, for a sender that knows it by its address; else any.</param>
    public ServiceProcess StartWebFront(int? port = null, params (string Name, string Value)[] settings) =>
        Start("WebFront", port, settings);

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
        if (TestContext.Current.TestState is not { Result: TestResult.Failed })
        {
            Directory.Delete(_logs, recursive: true);
            return;
        }

        var kept = Path.Combine(Repository.Root, "artifacts", "test-logs", Path.GetFileName(_logs));
        Directory.CreateDirectory(kept);
        foreach (var log in Directory.EnumerateFiles(_logs))
        {
            File.Move(log, Path.Combine(kept, Path.GetFileName(log)));
        }

        Directory.Delete(_logs);
        TestContext.Current.TestOutputHelper?.WriteLine($"The logs are kept in {kept}");
    }

    private ServiceProcess Start(string project, params (string Name, string Value)[] settings) =>
        Start(project, null, settings);

    private ServiceProcess Start(string project, int? port, IEnumerable<(string Name, string Value)> settings)
    {
        var log = Path.Combine(_logs, $"{_processes.Count + 1}-{project}.log");
        var process = ServiceProcess.Start(
            project, port ?? FreePort.Next(), log, settings.Append(("ConnectionStrings:Incidents", _connection)));
        _processes.Add(process);
        return process;
    }
}
