using Spectre.Console;

namespace Incidents.Benchmarks.Storms;

/// <summary>The report for people: the whole, and what happened in at most 30 parts of it.</summary>
internal static class ReportTable
{
    private const int MostRows = 30;

    public static void Show(StormReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("s", "2xx/s", "202/s", "refused", "no answer", "p50 ms", "p99 ms", "max ms", "");
        foreach (var column in table.Columns.SkipLast(1))
        {
            column.RightAligned().NoWrap();
        }

        var step = Math.Max(1, (report.Seconds.Count + MostRows - 1) / MostRows);
        foreach (var part in report.Seconds.Chunk(step))
        {
            var (from, to) = (part[0].Second, part[^1].Second + 1);
            table.AddRow(
                step == 1 ? $"{from}" : $"{from}-{to}",
                $"{part.Sum(static one => one.Ended.Stored + one.Ended.Spooled) / step}",
                $"{part.Sum(static one => one.Ended.Spooled) / step}",
                $"{part.Sum(static one => one.Ended.Refused)}",
                $"{part.Sum(static one => one.Ended.Unanswered)}",
                $"{part.Average(static one => one.Due.P50):0.0}",
                $"{part.Max(static one => one.Due.P99):0.0}",
                $"{part.Max(static one => one.Due.Longest):0.0}",
                Markup.Escape(string.Join("; ", report.Marks
                    .Where(mark => Math.Clamp(mark.At, 0, report.Seconds.Count - 1) is var at && at >= from && at < to)
                    .Select(static mark => mark.Text))));
        }

        AnsiConsole.Write(table);
        var total = report.Total;
        AnsiConsole.MarkupLineInterpolated(
            $"{total.Sent} requests with {total.Alerts} alerts: {total.Stored} stored, {total.Spooled} spooled, {total.Refused} refused, {total.Unanswered} unanswered");
        AnsiConsole.MarkupLineInterpolated(
            $"latency from the scheduled moment: p50 {report.Whole.P50} ms, p99 {report.Whole.P99} ms, longest {report.Whole.Longest} ms; {total.Late} started late, {total.NeverStarted} never");
    }
}
