using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks;

/// <summary>Bounds the deliveries worked on at once, and with them the memory of their bodies. Pressure shows as
/// waiting, never as 429: Grafana would not come back before its next group interval.</summary>
internal sealed class DeliverySlots(IOptions<WebhookOptions> options) : IDisposable
{
    /// <summary>A body over 256 KiB, or of unannounced length, also needs one of the few slots for large ones.</summary>
    private const int LargeBytes = 262_144;

    private readonly SemaphoreSlim _free = new(options.Value.MaxInFlight);
    private readonly SemaphoreSlim _freeForLarge = new(options.Value.MaxLargeInFlight);

    /// <param name="announced">The Content-Length, or null.</param>
    /// <exception cref="OperationCanceledException">None became free in time.</exception>
    public async Task<Slot> Take(long? announced, CancellationToken deadline)
    {
        var large = announced is null or > LargeBytes ? _freeForLarge : null;
        await (large?.WaitAsync(deadline) ?? Task.CompletedTask);
        try
        {
            await _free.WaitAsync(deadline);
        }
        catch (OperationCanceledException)
        {
            large?.Release();
            throw;
        }

        return new(_free, large);
    }

    public void Dispose()
    {
        _free.Dispose();
        _freeForLarge.Dispose();
    }

    internal readonly struct Slot(SemaphoreSlim free, SemaphoreSlim? large) : IDisposable
    {
        public void Dispose()
        {
            free.Release();
            large?.Release();
        }
    }
}
