namespace Incidents.WebFront.Hosting;

/// <summary>A look at something else that any number of callers cost once a second: those that come together share one,
/// and its answer serves for a second.</summary>
internal sealed class SharedLook<T>(Func<Task<T>> look, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<T>? _latest;
    private long _begun;

    public Task<T> Get()
    {
        lock (_lock)
        {
            if (_latest is null || (_latest.IsCompleted && clock.GetElapsedTime(_begun) > Fresh))
            {
                _begun = clock.GetTimestamp();
                _latest = look();
            }

            return _latest;
        }
    }
}
