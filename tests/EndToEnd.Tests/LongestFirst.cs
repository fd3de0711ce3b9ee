using Incidents.EndToEnd.Tests;
using Incidents.EndToEnd.Tests.Cluster;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Incidents.EndToEnd.Tests;

/// <summary>The tests that share a cluster take as long as all others together, and run beside them: they begin first, or
/// they would go on alone.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(static one => one.TestCollectionDisplayName != nameof(RunningCluster))];
}
