using Incidents.TestKit;
using Incidents.WebFront.Tests.Whole;

[assembly: AssemblyFixture(typeof(SharedSystem))]

namespace Incidents.WebFront.Tests.Whole;

/// <summary>One whole service for all tests that keep to keys of their own; started by the first that asks.</summary>
public sealed class SharedSystem : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private Task<IncidentsSystem>? _system;

    internal Task<IncidentsSystem> Get()
    {
        lock (_lock)
        {
            return _system ??= IncidentsSystem.Start(CancellationToken.None);
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
