using System.Diagnostics.Metrics;
using Incidents.WebFront.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Tests.Webhooks;

public sealed class DeliverySlotTests : IDisposable
{
    private const long Large = 1_000_000;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData(Large)]
    [InlineData(null)]
    [InlineData(10L)]
    public async Task Who_is_not_proven_holds_at_most_half_and_makes_room_when_proven(long? announced)
    {
        using var slots = Slots(4, 4);
        using var first = await Take(slots, announced, proven: false);
        using var second = await Take(slots, announced, proven: false);

        var third = Take(slots, announced, proven: false);
        using var proven = await Take(slots, announced, proven: true);
        Assert.False(third.IsCompleted);

        first.Proven();
        using var admitted = await third;
    }

    [Fact]
    public async Task A_slot_that_did_not_become_free_in_time_leaves_the_others_as_they_were()
    {
        using var slots = Slots(2, 1);
        using var held = await Take(slots, Large, proven: true);
        using var late = new CancellationTokenSource();
        var waiting = slots.Take(Large, proven: false, late.Token);
        await late.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        held.Dispose();

        using var again = await Take(slots, Large, proven: false);
        using var small = await Take(slots, 10, proven: false);
    }

    private DeliverySlots Slots(int most, int mostLarge) => new(
        Options.Create(new WebhookOptions { MaxInFlight = most, MaxLargeInFlight = mostLarge }),
        new(_services.GetRequiredService<IMeterFactory>()));

    private static Task<DeliverySlots.Slot> Take(DeliverySlots slots, long? announced, bool proven) =>
        slots.Take(announced, proven, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
}
