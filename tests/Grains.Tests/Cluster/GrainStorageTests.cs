using Incidents.TestKit;
using Orleans.Storage;
using Xunit;

namespace Incidents.Grains.Tests.Cluster;

/// <summary>Orleans' storage provider on our own statements and the real database.</summary>
public sealed class GrainStorageTests(GrainStorageTests.Silos silos) : IClassFixture<GrainStorageTests.Silos>
{
    private const string Name = "a-state";

    private static int _last;

    private readonly GrainId _grain = GrainId.Create("tested", $"senders-{Interlocked.Increment(ref _last)}");

    private IGrainStorage Storage => silos.Cluster.Own<IGrainStorage>("Default");

    [Fact]
    public async Task Of_many_first_writes_at_once_one_succeeds()
    {
        for (var round = 0; round < 20; round++)
        {
            var grain = GrainId.Create("tested", $"senders-first-{round}");

            var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Succeeds(() => Storage.WriteStateAsync(Name, grain, Holding($"{n}")))));

            Assert.Equal(1, won.Count(static one => one));
            Assert.Equal($"{Array.IndexOf(won, true)}", (await Read(grain)).State!.Single());
        }
    }

    [Fact]
    public async Task Of_many_later_writes_at_once_one_succeeds()
    {
        await Storage.WriteStateAsync(Name, _grain, Holding("first"));
        var copies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Read(_grain)));

        var won = await Task.WhenAll(copies.Select((copy, n) => Succeeds(() =>
        {
            copy.State = [$"{n}"];
            return Storage.WriteStateAsync(Name, _grain, copy);
        })));

        Assert.Equal(1, won.Count(static one => one));
        Assert.Equal($"{Array.IndexOf(won, true)}", (await Read(_grain)).State!.Single());
    }

    [Fact]
    public async Task A_state_goes_through_its_life_and_a_stale_copy_changes_nothing()
    {
        var state = Holding("one");
        await Storage.WriteStateAsync(Name, _grain, state);
        var stale = await Read(_grain);
        state.State = ["two"];
        await Storage.WriteStateAsync(Name, _grain, state);

        stale.State = ["stale"];
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(Name, _grain, stale));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync(Name, _grain, stale));
        Assert.Equal(["two"], (await Read(_grain)).State);

        await Storage.ClearStateAsync(Name, _grain, state);
        Assert.Empty((await Read(_grain)).State!);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(Name, _grain, Holding("as if first")));

        state.State = ["again"];
        await Storage.WriteStateAsync(Name, _grain, state);
        Assert.Equal(["again"], (await Read(_grain)).State);
    }

    [Fact]
    public async Task A_state_may_be_larger_than_64_KiB()
    {
        var large = new string('x', 200_000);

        await Storage.WriteStateAsync(Name, _grain, Holding(large));

        Assert.Equal([large], (await Read(_grain)).State);
    }

    [Fact]
    public async Task Names_and_keys_that_differ_by_case_or_state_are_apart()
    {
        var other = GrainId.Create("tested", _grain.Key.ToString()!.ToUpperInvariant());
        await Storage.WriteStateAsync(Name, _grain, Holding("lower"));
        await Storage.WriteStateAsync(Name, other, Holding("upper"));
        await Storage.WriteStateAsync("another-state", _grain, Holding("another"));

        Assert.Equal(["lower"], (await Read(_grain)).State);
        Assert.Equal(["upper"], (await Read(other)).State);
    }

    private async Task<GrainState<List<string>>> Read(GrainId grain)
    {
        var state = new GrainState<List<string>>([]);
        await Storage.ReadStateAsync(Name, grain, state);
        Assert.NotNull(state.State);
        return state;
    }

    private static GrainState<List<string>> Holding(string text) => new([text]);

    private static async Task<bool> Succeeds(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    public sealed class Silos : IAsyncLifetime
    {
        private TestDatabase _database = null!;

        internal TwoSilos Cluster { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _database = await TestDatabase.Create();
            Cluster = await TwoSilos.Started(_database);
        }

        public async ValueTask DisposeAsync()
        {
            await Cluster.DisposeAsync();
            await _database.DisposeAsync();
        }
    }
}
