using System.Globalization;
using System.Text.Json;

namespace Incidents.WebFront.Pages;

/// <summary>Enums by the name that columns have for them, and words with values in them.</summary>
internal static class Said
{
    /// <summary>Null for a name that this version does not know: a newer silo may have written it.</summary>
    public static T? Named<T>(string? name)
        where T : struct, Enum => Enum.GetValues<T>()
            .Where(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()) == name)
            .Select(static value => (T?)value).FirstOrDefault();

    public static string With(string words, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, words, values);

    public static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
