namespace Incidents.WebFront.Live;

/// <summary>What is made once for all who want it, however many ask together.</summary>
internal sealed class Once<TKey, TValue>
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Task<TValue>> _made = [];

    public Task<TValue> Get(TKey key, Func<Task<TValue>> make)
    {
        lock (_lock)
        {
            if (!_made.TryGetValue(key, out var made))
            {
                _made[key] = made = Task.Run(make);
            }

            return made;
        }
    }
}
