using System.Diagnostics;
using Incidents.TestKit.Load;
using Spectre.Console;

namespace Incidents.Benchmarks.Storms;

/// <summary>How a storm goes: on a terminal a line that changes every second, elsewhere a line every five.</summary>
internal static class StormProgress
{
    public static async Task Show(StormTally tally, Task storm)
    {
        var isTerminal = !Console.IsOutputRedirected;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(isTerminal ? 1 : 5));
        var (begun, last, lastAt) = (Stopwatch.GetTimestamp(), tally.Now, 0.0);
        while (await Task.WhenAny(storm, timer.WaitForNextTickAsync().AsTask()) != storm)
        {
            var (now, recent, at) = (tally.Now, tally.TakeRecent(), Stopwatch.GetElapsedTime(begun).TotalSeconds);
            var line = $"{at,5:0} s  {(now.Sent - last.Sent) / (at - lastAt),6:0}/s  p50 {recent.Quantile(0.5).TotalMilliseconds:0} ms  "
                + $"p99 {recent.Quantile(0.99).TotalMilliseconds:0} ms  200: {now.Stored}  202: {now.Spooled}  refused: {now.Refused}  "
                + $"no answer: {now.Unanswered}  late: {now.Late}";
            AnsiConsole.Write(isTerminal ? $"\r{line}\e[K" : line + "\n");
            (last, lastAt) = (now, at);
        }

        AnsiConsole.Write(isTerminal ? "\n" : "");
        await storm;
    }
}
