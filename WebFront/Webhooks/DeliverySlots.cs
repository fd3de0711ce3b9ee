using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks;

/// <summary>Bounds the deliveries worked on at once. Pressure shows as waiting, never as 429: Grafana would not come
/// back before its next group interval.</summary>
internal sealed class DeliverySlots(IOptions<WebhookOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Value.MaxInFlight);

    /// <exception cref="OperationCanceledException">None became free in time.</exception>
    public async Task<Slot> Take(CancellationToken deadline)
    {
        await _free.WaitAsync(deadline);
        return new(_free);
    }

    public void Dispose() => _free.Dispose();

    internal readonly struct Slot(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
