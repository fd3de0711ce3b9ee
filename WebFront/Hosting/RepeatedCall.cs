namespace Incidents.WebFront.Hosting;

/// <summary>
/// Repeats a grain call until it gets a final answer or its deadline passes: a silo that dies, or a database that is
/// away for a moment, costs the caller time, not an error. Only for calls that may be repeated.
/// </summary>
internal static class RepeatedCall
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(1);

    /// <param name="call">Gets the number of the attempt, from 1.</param>
    /// <exception cref="OperationCanceledException">The deadline passed.</exception>
    public static async Task<T> Until<T>(
        Func<T, bool> final,
        Func<int, Task<T>> call,
        TimeProvider clock,
        CancellationToken deadline)
    {
        for (var (attempt, delay) = (1, FirstDelay); ; attempt++)
        {
            try
            {
                if (await call(attempt).WaitAsync(deadline) is var answer && final(answer))
                {
                    return answer;
                }
            }
            catch (Exception e) when (IsPassing(e))
            {
                // The outcome is unknown or nobody was there: the next attempt finds out, unless the deadline passed.
            }

            await Task.Delay(delay, clock, deadline);
            delay = delay * 2 > MaxDelay ? MaxDelay : delay * 2;
        }
    }

    /// <summary>No silo, a lost one, no answer in time, or a silo that gave the call up (it says so with an
    /// OperationCanceledException of its own: "Message expired before placement could complete"); not a bug, which
    /// repeats itself.</summary>
    public static bool IsPassing(Exception e) => e is OrleansException or TimeoutException or OperationCanceledException;
}
