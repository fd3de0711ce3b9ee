using Incidents.TestKit;
using Incidents.WebFront.Tests.Telemetry;

[assembly: AssemblyFixture(typeof(WatchedSystem))]

namespace Incidents.WebFront.Tests.Telemetry;

/// <summary>One whole service with all that watches it on: traces and the dashboard.</summary>
public sealed class WatchedSystem : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Watching = new()
    {
        ["Telemetry:Traces"] = "true",
        ["Dashboard:Enabled"] = "true",
    };

    private readonly Lock _lock = new();
    private Task<IncidentsSystem>? _system;

    internal Task<IncidentsSystem> Get()
    {
        lock (_lock)
        {
            return _system ??= IncidentsSystem.Start(new() { Silo = Watching, Web = Watching }, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is { } started)
        {
            await (await started).DisposeAsync();
        }
    }
}
