using System.Collections.Immutable;
using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;
using Incidents.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Incidents.Grains.Tests.MySql;

/// <summary>A grain that starts anew knows exactly what the one before it knew.</summary>
public sealed class LoadedStateTests
{
    private const int Steps = 120;

    private static readonly ImmutableDictionary<string, Instance> NoInstances = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task After_each_step_of_a_random_stream_the_loaded_state_is_the_committed_one(int seed)
    {
        await using var database = await TestDatabase.Create();
        var clock = new FakeTimeProvider(Alerts.Noon.AddMicroseconds(123_457));
        var stream = new RandomStream(seed, clock);
        var key = IncidentKey.Of(Alerts.Parts);
        await using var owner = await Rival.Started(database.ConnectionString, new() { MaxInstances = 5 }, clock);

        for (var step = 0; step < Steps; step++)
        {
            await Within.Deadline($"step {step} is answered", stream.Step(owner));

            AssertSame(owner.StateOf(key)!, await owner.Load(key), step);
        }

        await Audit.IsSound(database);
    }

    private static void AssertSame(KeyState committed, KeyState loaded, int step)
    {
        Assert.Equal((step, Plain(committed)), (step, Plain(loaded)));
        Assert.Equal(Instances(committed), Instances(loaded));
    }

    // An immutable dictionary is equal only to itself.
    private static KeyState Plain(KeyState state) =>
        state with { Last = state.Last is { } last ? last with { Instances = NoInstances } : null };

    private static List<KeyValuePair<string, Instance>> Instances(KeyState state) =>
        state.Last?.Instances.OrderBy(static one => one.Key, StringComparer.Ordinal).ToList() ?? [];
}
