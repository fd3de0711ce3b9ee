using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Incidents.WebFront.Pages;

/// <summary>Dates and numbers as the viewer's browser prefers them. Only for pages: what programs read is the same for
/// all.</summary>
internal static class ViewerCulture
{
    private const int MostLanguages = 10;
    private const string Standard = "en-US";

    /// <summary>Without libicu on the machine there is only one, the invariant.</summary>
    private static readonly Dictionary<string, CultureInfo> Known = Load(
        Standard, "en-GB", "en-CA", "en-AU", "en-IN", "ko-KR", "de-DE", "de-AT", "de-CH", "fr-FR", "fr-CA", "es-ES", "it-IT", "pt-BR",
        "nl-NL", "sv-SE", "da-DK", "fi-FI", "nb-NO", "pl-PL", "cs-CZ", "ja-JP", "zh-CN", "zh-TW", "tr-TR", "uk-UA");

    public static CultureInfo Of(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptLanguage.OfType<string>()], out var languages))
        {
            return Fallback;
        }

        foreach (var language in languages.Take(MostLanguages).OrderByDescending(static one => one.Quality ?? 1))
        {
            if (Known.TryGetValue(language.Value.Value ?? "", out var culture))
            {
                return culture;
            }
        }

        return Fallback;
    }

    private static CultureInfo Fallback => Known.GetValueOrDefault(Standard, CultureInfo.InvariantCulture);

    /// <summary>By its full name, and by its language alone for the first of each.</summary>
    private static Dictionary<string, CultureInfo> Load(params ReadOnlySpan<string> names)
    {
        var known = new Dictionary<string, CultureInfo>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            try
            {
                var culture = CultureInfo.GetCultureInfo(name);
                known[name] = culture;
                known.TryAdd(name[..2], culture);
            }
            catch (CultureNotFoundException)
            {
                return known;
            }
        }

        return known;
    }
}
