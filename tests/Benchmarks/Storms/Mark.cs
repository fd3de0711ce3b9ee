using System.Globalization;

namespace Incidents.Benchmarks.Storms;

/// <summary>What was done to the service, and when: a line <c>2026-11-26T02:00:00.000Z text</c> of a file that anyone may
/// write while a storm runs.</summary>
internal sealed record Mark(DateTimeOffset At, string Text)
{
    public static IReadOnlyList<Mark> Read(FileInfo? file) =>
        file is { Exists: true } ? [.. File.ReadLines(file.FullName).Select(Parse).OfType<Mark>()] : [];

    /// <summary>A line that is none is no reason to lose a report.</summary>
    private static Mark? Parse(string line) =>
        line.Split(' ', 2) is [var time, var text]
            && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? new(at, text.Trim())
                : null;
}
