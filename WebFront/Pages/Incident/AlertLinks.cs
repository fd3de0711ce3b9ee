using System.Text.Json;

namespace Incidents.WebFront.Pages;

/// <summary>Where an alert says that more is to be seen.</summary>
internal static class AlertLinks
{
    private const int Longest = 2000;

    /// <param name="payload">As it is stored: a body with one alert.</param>
    public static IReadOnlyList<AlertLink> Of(string payload)
    {
        try
        {
            using var body = JsonDocument.Parse(payload);
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("alerts", out var alerts) && alerts is { ValueKind: JsonValueKind.Array } && alerts.GetArrayLength() > 0
                && alerts[0] is { ValueKind: JsonValueKind.Object } alert ? [.. Of(alert)] : [];
        }
        catch (JsonException)
        {
            return []; // stored by something else than this service
        }
    }

    private static IEnumerable<AlertLink> Of(JsonElement alert)
    {
        (string Name, string? Url)[] links =
        [
            (IncidentWords.LinkRunbook, alert.TryGetProperty("annotations", out var notes) ? Text(notes, "runbook_url") : null),
            (IncidentWords.LinkPanel, Text(alert, "panelURL")),
            (IncidentWords.LinkDashboard, Text(alert, "dashboardURL")),
            (IncidentWords.LinkRule, Text(alert, "generatorURL")),
            (IncidentWords.LinkSilence, Text(alert, "silenceURL")),
        ];
        return links.Where(static link => IsSafe(link.Url)).Select(static link => new AlertLink(link.Name, link.Url!));
    }

    /// <summary>Senders write what they like; a browser would run some of it.</summary>
    public static bool IsSafe(string? url) => url is { Length: > 0 and <= Longest }
        && Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        && parsed.UserInfo.Length == 0 // a password, or a name that looks like another host
        && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps);

    private static string? Text(JsonElement of, string member)
    {
        try
        {
            return of.ValueKind == JsonValueKind.Object && of.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair: JSON may have it, a text not
        }
    }
}

public sealed record AlertLink(string Name, string Url);
