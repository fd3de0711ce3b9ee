using System.Text.Json;
using System.Text.Json.Serialization;

namespace Incidents.WebFront.Pages;

/// <summary>The words that scripts put into a page, from the same resources; in an attribute of its body.</summary>
internal static partial class ScriptWords
{
    public static string Json => JsonSerializer.Serialize(
        new Dictionary<string, string>
        {
            ["justNow"] = Words.JustNow,
            ["seconds"] = Words.Seconds,
            ["minutes"] = Words.Minutes,
            ["hours"] = Words.Hours,
            ["days"] = Words.Days,
            ["ago"] = Words.Ago,
            ["selected"] = ListWords.SelectedCount,
            ["notLive"] = LiveWords.NotLive,
            ["signedOut"] = LiveWords.SignedOut,
            ["signIn"] = LiveWords.SignIn,
            ["newRows"] = LiveWords.NewRows,
            ["muchChanged"] = LiveWords.MuchChanged,
            ["reload"] = LiveWords.Reload,
            ["incidentChanged"] = LiveWords.IncidentChanged,
            ["show"] = LiveWords.Show,
        },
        Text.Default.DictionaryStringString);

    [JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class Text : JsonSerializerContext;
}
