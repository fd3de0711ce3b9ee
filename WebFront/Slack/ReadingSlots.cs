using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Slack;

/// <summary>Bounds the bodies that are read at once, and for how long: who sent them is known only afterwards.</summary>
internal sealed class ReadingSlots(IOptions<PressOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>Slack waits 3 s for its answer, and sends what it has at once.</summary>
    private static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(2);

    /// <summary>More than presses at once: strangers who send their bodies slowly have these, and not those.</summary>
    private const int SlotsAPress = 10;

    private readonly SemaphoreSlim _free = new(options.Value.MaxPresses * SlotsAPress);

    /// <summary>Null when none is free.</summary>
    public Slot? TryTake() => _free.Wait(TimeSpan.Zero) ? new(_free, clock) : null;

    public void Dispose() => _free.Dispose();

    internal sealed class Slot(SemaphoreSlim free, TimeProvider clock) : IDisposable
    {
        private readonly CancellationTokenSource _deadline = new(ReadWithin, clock);

        public CancellationToken Deadline => _deadline.Token;

        public void Dispose()
        {
            _deadline.Dispose();
            free.Release();
        }
    }
}
