using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks;

/// <summary>Bounds the deliveries worked on at once, and with them the memory of their bodies. Pressure shows as
/// waiting, never as 429: Grafana would not come back before its next group interval. Who is not proven yet (a signature
/// needs the body) may hold half of the slots: strangers must not keep senders out.</summary>
internal sealed class DeliverySlots : IDisposable
{
    /// <summary>A body over 256 KiB, or of unannounced length, also needs one of the few slots for large ones.</summary>
    private const int LargeBytes = 262_144;

    private readonly SemaphoreSlim _free;
    private readonly SemaphoreSlim _freeForLarge;
    private readonly SemaphoreSlim _freeForUnproven;
    private readonly SemaphoreSlim _freeForLargeUnproven;
    private readonly WebhookInstruments _instruments;

    public DeliverySlots(IOptions<WebhookOptions> options, WebhookInstruments instruments)
    {
        _free = new(options.Value.MaxInFlight);
        _freeForLarge = new(options.Value.MaxLargeInFlight);
        _freeForUnproven = new(Half(options.Value.MaxInFlight));
        _freeForLargeUnproven = new(Half(options.Value.MaxLargeInFlight));
        _instruments = instruments;

        static int Half(int all) => (all + 1) / 2;
    }

    /// <param name="announced">The Content-Length, or null.</param>
    /// <param name="proven">A credential in the headers says who it is, be a signature still to be checked or not.</param>
    /// <exception cref="OperationCanceledException">None became free in time.</exception>
    public async Task<Slot> Take(long? announced, bool proven, CancellationToken deadline)
    {
        var large = announced is null or > LargeBytes;
        var slot = new Slot(_instruments);
        try
        {
            // In one order for all, so nobody waits in a circle; the general one last, so nobody holds it and waits.
            if (!proven)
            {
                await slot.Take(large ? _freeForLargeUnproven : _freeForUnproven, untilProven: true, deadline);
            }

            if (large)
            {
                await slot.Take(_freeForLarge, untilProven: false, deadline);
            }

            await slot.Take(_free, untilProven: false, deadline);
            slot.Begin();
            return slot;
        }
        catch (OperationCanceledException)
        {
            slot.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _free.Dispose();
        _freeForLarge.Dispose();
        _freeForUnproven.Dispose();
        _freeForLargeUnproven.Dispose();
    }

    internal sealed class Slot(WebhookInstruments instruments) : IDisposable
    {
        private readonly List<SemaphoreSlim> _held = new(2);
        private SemaphoreSlim? _untilProven;
        private bool _begun;

        public async Task Take(SemaphoreSlim free, bool untilProven, CancellationToken deadline)
        {
            await free.WaitAsync(deadline);
            if (untilProven)
            {
                _untilProven = free;
            }
            else
            {
                _held.Add(free);
            }
        }

        /// <summary>All is taken: the work begins.</summary>
        public void Begin()
        {
            _begun = true;
            instruments.OnBegun();
        }

        /// <summary>Makes room for the next who is not.</summary>
        public void Proven()
        {
            _untilProven?.Release();
            _untilProven = null;
        }

        public void Dispose()
        {
            if (_begun)
            {
                instruments.OnEnded();
                _begun = false;
            }

            Proven();
            _held.ForEach(static free => free.Release());
            _held.Clear();
        }
    }
}
