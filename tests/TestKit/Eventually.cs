using System.Diagnostics;

namespace Incidents.TestKit;

/// <summary>Waits for something that has no event of its own: a condition with a name, and a deadline.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task Holds(
        string condition, Func<Task<bool>> holds, TimeSpan within, CancellationToken cancel, Func<string>? details = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(started) > within)
            {
                throw new TimeoutException($"Within {within.TotalSeconds:0} s it did not come true that {condition}. {details?.Invoke()}");
            }

            await Task.Delay(Pause, TimeProvider.System, cancel);
        }
    }
}
