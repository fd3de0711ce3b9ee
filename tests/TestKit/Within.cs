namespace Incidents.TestKit;

/// <summary>Waits for what must become true, and says what did not.</summary>
public static class Within
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    public static async Task Deadline(string what, Func<Task<bool>> holds)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Step);
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Longest)
            {
                throw new TimeoutException($"Within {Longest.TotalSeconds} s this did not come true: {what}.");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    public static async Task<T> Deadline<T>(string what, Task<T> work)
    {
        await Deadline(what, (Task)work);
        return await work;
    }

    public static async Task Deadline(string what, Task work)
    {
        try
        {
            await work.WaitAsync(Longest, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Within {Longest.TotalSeconds} s this did not end: {what}.");
        }
    }
}
