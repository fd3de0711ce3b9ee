using System.Globalization;
using Spectre.Console;

namespace Incidents.Benchmarks.Slack;

/// <summary>One thing measured.</summary>
/// <param name="IsMet">Null: nothing was promised.</param>
internal sealed record Figure(string What, string Target, string Measured, bool? IsMet)
{
    public string Part { get; init; } = "";

    /// <summary>Must not happen.</summary>
    public static Figure None(string what, long count) => new(what, "0", Of(count), count == 0);

    public static Figure AtMost(string what, TimeSpan target, TimeSpan measured) => new(what, $"≤ {Of(target)}", Of(measured), measured <= target);

    public static Figure Told(string what, string measured) => new(what, "", measured, null);

    public static string Of(long count) => count.ToString("#,##0", CultureInfo.InvariantCulture);

    public static string Of(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s");

    public static void Show(IEnumerable<Figure> figures)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumns("part", "what", "target", "measured", "");
        foreach (var figure in figures)
        {
            table.AddRow(
                figure.Part, Markup.Escape(figure.What), Markup.Escape(figure.Target), Markup.Escape(figure.Measured),
                figure.IsMet switch { true => "ok", false => "missed", null => "" });
        }

        AnsiConsole.Write(table);
    }
}

/// <summary>Durations, all of them kept.</summary>
internal sealed class Delays(IEnumerable<TimeSpan> delays)
{
    private readonly List<TimeSpan> _ordered = [.. delays.Order()];

    public int Count => _ordered.Count;

    public TimeSpan Longest => Quantile(1);

    /// <summary>So long took the given share of them, or less.</summary>
    public TimeSpan Quantile(double share) =>
        _ordered.Count == 0 ? TimeSpan.Zero : _ordered[Math.Max(0, (int)Math.Ceiling(share * _ordered.Count) - 1)];
}
