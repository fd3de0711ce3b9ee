using System.Diagnostics;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Grains.Tests.MySql;

/// <summary>Somebody holds rows by hand. Their keys wait, and nobody else does.</summary>
public sealed class HeldRowTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Neighbours = 20;
    private const int Rounds = 60;

    private TestDatabase _database = null!;
    private Rival _silo = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.Create();
        _silo = await Rival.Started(_database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("incident_keys", 1)]
    [InlineData("incidents", 1)]
    [InlineData("incident_keys", 10)]
    [InlineData("incidents", 10)]
    public async Task Neighbours_of_a_held_row_are_written_meanwhile(string table, int heldKeys)
    {
        var (neighbours, held) = (Names("neighbour", Neighbours), Names("held", heldKeys));
        await ObserveAll(neighbours);
        var incidents = (await ObserveAll(held)).Select(static result => result.Alerts[0].IncidentId!.Value);
        var free = await Measure(neighbours, Rounds);

        Task<ObserveResult[]> waiting;
        using var failures = new PacketFailures(_silo);
        await using (await Hold(table, incidents))
        {
            waiting = ObserveAll(held);
            var beside = await Within.Deadline("the neighbours are written", Measure(neighbours, Rounds));

            output.WriteLine($"free: {free}; beside {heldKeys} held of {table}: {beside}; failed packets: {failures}");
            Assert.Equal(Neighbours * Rounds, beside.Done);
            Assert.False(waiting.IsCompleted);
        }

        var after = await Within.Deadline("the held keys are written once let go", waiting);
        Assert.All(after, static result => Assert.Equal(AlertFate.Stored, result.Alerts[0].Fate));

        // A key found held is asked about before it joins a packet again, so it fails one packet at most.
        Assert.InRange(failures.Of("contended"), 1, heldKeys);
        await Audit.IsSound(_database);
    }

    [Fact]
    public async Task A_held_row_that_no_packet_asks_for_stops_nobody_for_good()
    {
        var (neighbours, held) = (Names("neighbour", Neighbours), Names("held", 1));
        await ObserveAll(neighbours);
        var incidents = (await ObserveAll(held)).Select(static result => result.Alerts[0].IncidentId!.Value);

        Task<ObserveResult[]> waiting;
        await using (await Hold("incident_instances", incidents))
        {
            waiting = ObserveAll(held);
            var beside = await Within.Deadline("the neighbours are written", Measure(neighbours, 3));

            output.WriteLine($"beside a held instance: {beside}");
            Assert.False(waiting.IsCompleted);
        }

        var after = await Within.Deadline("the held key is written once let go", waiting);
        Assert.Equal(AlertFate.Stored, after[0].Alerts[0].Fate);
        await Audit.IsSound(_database);
    }

    private Task<HeldRows> Hold(string table, IEnumerable<IncidentId> incidents) => table == "incident_keys"
        ? HeldRows.Of(_database, table, "incident_key", [.. incidents.Select(static id => id.Key.Value)])
        : HeldRows.Of(_database, table, "incident_id", [.. incidents.Select(static id => id.Value)]);

    private Task<ObserveResult[]> ObserveAll(string[] services) => Task.WhenAll(services.Select(Observe));

    private async Task<Latencies> Measure(string[] services, int rounds)
    {
        var all = await Task.WhenAll(services.Select(async service =>
        {
            var took = new List<double>();
            for (var round = 0; round < rounds; round++)
            {
                var started = Stopwatch.GetTimestamp();
                var result = await Observe(service);
                took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                Assert.Equal(AlertFate.Stored, result.Alerts[0].Fate);
            }

            return took;
        }));
        return new(all.SelectMany(static took => took).Order().ToArray());
    }

    private Task<ObserveResult> Observe(string service)
    {
        var now = TimeProvider.System.GetUtcNow();
        return _silo.Observe(Alerts.Batch(now, Alerts.Firing("a", now)).To(service));
    }

    private static string[] Names(string kind, int count) => [.. Enumerable.Range(0, count).Select(i => $"{kind}-{i}")];

    private sealed record Latencies(double[] Sorted)
    {
        public int Done => Sorted.Length;

        public override string ToString() => FormattableString.Invariant(
            $"p50 {Sorted[Done / 2]:F1} ms, p99 {Sorted[Done * 99 / 100]:F1} ms, max {Sorted[^1]:F1} ms of {Done}");
    }
}
