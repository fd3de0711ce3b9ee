using Incidents.WebFront.Tests.Http;

[assembly: AssemblyFixture(typeof(LonelyWebFront))]

namespace Incidents.WebFront.Tests.Http;

/// <summary>One WebFront with no settings of its own, neither silo nor database, for all tests that change nothing of it.</summary>
public sealed class LonelyWebFront : IAsyncLifetime
{
    internal RunningWebFront Web { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Web = await RunningWebFront.Start();

    public ValueTask DisposeAsync() => Web.DisposeAsync();
}
