using Incidents.TestKit.Load;

namespace Incidents.Benchmarks.Storms;

/// <summary>A storm second by second. Latency belongs to the second an arrival was due in, an answer to the one in which
/// it came.</summary>
internal sealed record StormReport(
    StormPlan Plan, StormTally.Counted Total, ReportSpan Whole, IReadOnlyList<ReportSecond> Seconds, IReadOnlyList<ReportMark> Marks)
{
    /// <param name="total">What the storm itself counted; null: the ledger is all there is.</param>
    public static StormReport Of(LedgerFile ledger, IReadOnlyList<Mark> marks, StormTally.Counted? total)
    {
        var (whole, tally, seconds) = (new Latencies(), new StormTally(), new List<Second>());
        foreach (var entry in ledger.Entries())
        {
            var took = TimeSpan.FromSeconds(entry.Ended - entry.Scheduled);
            whole.Add(took);
            tally.Add(entry, entry.Started - entry.Scheduled > Storm.LateAfter.TotalSeconds);
            At(seconds, entry.Scheduled).Latencies.Add(took);
            At(seconds, entry.Ended).Ended.Add(entry, false);
        }

        return new(
            ledger.Plan,
            total ?? tally.Now,
            ReportSpan.Of(whole),
            [.. seconds.Select(static (second, index) => new ReportSecond(index, second.Ended.Now, ReportSpan.Of(second.Latencies)))],
            [.. marks.Select(mark => new ReportMark((mark.At - ledger.Plan.Begun).TotalSeconds, mark.Text))]);
    }

    public void Write(DirectoryInfo folder)
    {
        ReportFile.Write(Path.Combine(folder.FullName, "report.json"), this);
        File.WriteAllText(Path.Combine(folder.FullName, "report.svg"), ReportPlot.Draw(this));
    }

    private static Second At(List<Second> seconds, double time)
    {
        while (seconds.Count <= (int)time)
        {
            seconds.Add(new(new(), new()));
        }

        return seconds[(int)time];
    }

    private sealed record Second(Latencies Latencies, StormTally Ended);
}

/// <summary>Milliseconds from the moment it was due.</summary>
internal sealed record ReportSpan(int Arrivals, double P50, double P99, double Longest)
{
    public static ReportSpan Of(Latencies all) =>
        new(all.Count, Milliseconds(all.Quantile(0.5)), Milliseconds(all.Quantile(0.99)), Milliseconds(all.Longest));

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);
}

/// <param name="Ended">What was answered in this second.</param>
/// <param name="Due">What was due in it.</param>
internal sealed record ReportSecond(int Second, StormTally.Counted Ended, ReportSpan Due);

/// <param name="At">Seconds since the storm began.</param>
internal sealed record ReportMark(double At, string Text);
