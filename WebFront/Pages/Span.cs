using System.Globalization;

namespace Incidents.WebFront.Pages;

/// <summary>Lengths of time in words short enough for a list.</summary>
internal static class Span
{
    public static string Text(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => Format(Words.Seconds, 0),
        { TotalMinutes: < 1 } => Format(Words.Seconds, span.Seconds),
        { TotalHours: < 1 } => Format(Words.Minutes, span.Minutes),
        { TotalDays: < 1 } => Format(Words.Hours, span.Hours, span.Minutes),
        _ => Format(Words.Days, span.Days, span.Hours),
    };

    public static string Ago(TimeSpan span) => span.TotalSeconds < 5 ? Words.JustNow : Format(Words.Ago, Text(span));

    private static string Format(string format, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, format, values);
}
