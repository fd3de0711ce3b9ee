using System.Globalization;
using System.Net;
using System.Text;

namespace Incidents.Benchmarks.Storms;

/// <summary>Throughput above and latency below over time, with what was done to the service, as SVG. Drawn here: a
/// library that paints letters needs fonts on the machine, and a service's machine has none.</summary>
internal static class ReportPlot
{
    private const int Width = 1000;
    private const int Left = 70;
    private const int Right = 980;

    public static string Draw(StormReport report)
    {
        var (seconds, svg) = (report.Seconds, new StringBuilder());
        var most = Math.Max(1, seconds.Select(static one => (double)(one.Ended.Stored + one.Ended.Spooled)).DefaultIfEmpty().Max());
        var end = Math.Max(1, seconds.Count);
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} 600" font-family="sans-serif" font-size="12">
            <rect width="{Width}" height="600" fill="white"/>
            <text x="{Left}" y="20" font-size="15">storm {report.Plan.Run}: {report.Plan.Rate} arrivals/s, {report.Total.Alerts} alerts, {report.Total.Refused + report.Total.Unanswered} not accepted</text>

            """);
        var upper = new Panel(svg, 40, 280, end, most, IsLogarithmic: false);
        upper.Frame("answers a second", [0, most / 2, most]);
        upper.Line("#2a9d3a", "2xx", 0, seconds.Select(static one => (double)(one.Ended.Stored + one.Ended.Spooled)));
        upper.Line("#e08a00", "202", 1, seconds.Select(static one => (double)one.Ended.Spooled));
        upper.Line("#c62828", "refused or no answer", 2, seconds.Select(static one => (double)(one.Ended.Refused + one.Ended.Unanswered)));
        var lower = new Panel(svg, 330, 560, end, 100_000, IsLogarithmic: true);
        lower.Frame("latency, ms", [1, 10, 100, 1_000, 10_000, 100_000]);
        lower.Line("#90a4ae", "longest", 0, Latency(static due => due.Longest));
        lower.Line("#1565c0", "p99", 1, Latency(static due => due.P99));
        lower.Line("#00897b", "p50", 2, Latency(static due => due.P50));
        foreach (var (mark, index) in report.Marks.Select(static (mark, index) => (mark, index)))
        {
            upper.Mark(mark, index);
            lower.Mark(mark with { Text = "" }, index);
        }

        return svg.Append("</svg>\n").ToString();

        // A second without arrivals has none.
        IEnumerable<double> Latency(Func<ReportSpan, double> of) => seconds.Select(one => one.Due.Arrivals == 0 ? double.NaN : of(one.Due));
    }

    /// <summary>One diagram from <paramref name="Top"/> to <paramref name="Bottom"/>.</summary>
    private sealed record Panel(StringBuilder Svg, int Top, int Bottom, double End, double Most, bool IsLogarithmic)
    {
        public void Frame(string title, double[] ticks)
        {
            foreach (var tick in ticks)
            {
                Add($"""<path d="M{Left} {Y(tick):0.0}H{Right}" stroke="#ddd"/><text x="{Left - 6}" y="{Y(tick) + 4:0.0}" text-anchor="end">{tick:0}</text>""");
            }

            for (var i = 0; i <= 10; i++)
            {
                Add($"""<text x="{X(End * i / 10):0.0}" y="{Bottom + 16}" text-anchor="middle">{End * i / 10:0.#} s</text>""");
            }

            Add($"""<text x="{Left}" y="{Top - 6}">{title}</text>""");
        }

        public void Line(string colour, string name, int place, IEnumerable<double> values)
        {
            var points = values.Index().Where(static one => !double.IsNaN(one.Item)).Select(one => string.Create(CultureInfo.InvariantCulture, $"{X(one.Index + 0.5):0.0},{Y(one.Item):0.0}"));
            Add($"""<polyline points="{string.Join(' ', points)}" fill="none" stroke="{colour}" stroke-width="1.5"/>""");
            Add($"""<text x="{Left + 200 + (place * 90)}" y="{Top - 6}" fill="{colour}">{name}</text>""");
        }

        public void Mark(ReportMark mark, int index)
        {
            var x = X(Math.Clamp(mark.At, 0, End));
            Add($"""<path d="M{x:0.0} {Top}V{Bottom}" stroke="#6a1b9a" stroke-dasharray="4 3"/>""");
            Add($"""<text x="{x + 4:0.0}" y="{Top + 12 + (index % 8 * 14)}" fill="#6a1b9a">{WebUtility.HtmlEncode(mark.Text)}</text>""");
        }

        private double X(double second) => Left + ((Right - Left) * second / End);

        private double Y(double value) => Bottom - ((Bottom - Top) * Math.Clamp(
            IsLogarithmic ? Math.Log10(Math.Max(1, value)) / Math.Log10(Most) : value / Most, 0, 1));

        private void Add(FormattableString line) => Svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
