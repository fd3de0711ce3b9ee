using System.Collections.Concurrent;

namespace Incidents.WebFront.Hosting;

/// <summary>For lines of the log that a stranger can cause at will: each kind at most once a minute. Kinds are made of
/// configured names and of enums, never of what was sent, so they are few.</summary>
internal sealed class Rarely(TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);

    public bool Now(string kind)
    {
        var now = clock.GetTimestamp();
        return _last.TryGetValue(kind, out var last)
            ? clock.GetElapsedTime(last, now) >= Pause && _last.TryUpdate(kind, now, last)
            : _last.TryAdd(kind, now);
    }
}
