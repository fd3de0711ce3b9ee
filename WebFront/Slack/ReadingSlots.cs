using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Slack;

/// <summary>Bounds the bodies that are read at once, and for how long: who sent them is known only afterwards.</summary>
internal sealed class ReadingSlots(IOptions<PressOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>Slack waits no longer for its answer.</summary>
    private static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _free = new(options.Value.MaxPresses);

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
