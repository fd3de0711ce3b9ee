using System.Collections.Immutable;
using System.Text.Json;
using Incidents.Grains.Slack.Card;

namespace Incidents.Grains.Slack;

/// <summary>What a card takes from a stored payload: its one alert's addresses, values and a datasource's error. Pure.</summary>
internal sealed record CardAlert(CardLinks Links, ImmutableArray<(string Name, double Value)> Values, string? DatasourceError)
{
    private const int MostValues = 50;

    public static readonly CardAlert None = new(new(), [], null);

    /// <param name="payload">As stored: members of any type, absent, or not JSON at all.</param>
    public static CardAlert Read(string payload)
    {
        try
        {
            using var body = JsonDocument.Parse(payload);
            return Member(body.RootElement, "alerts") is { ValueKind: JsonValueKind.Array } alerts && alerts.GetArrayLength() > 0
                ? Of(alerts[0])
                : None;
        }
        catch (JsonException)
        {
            return None;
        }
    }

    private static CardAlert Of(JsonElement alert)
    {
        var (labels, annotations) = (Member(alert, "labels"), Member(alert, "annotations"));
        return new(
            new(
                Text(annotations, "runbook_url") ?? Text(annotations, "runbook"),
                Text(alert, "dashboardURL"),
                Text(alert, "panelURL"),
                Text(alert, "silenceURL"),
                Text(alert, "generatorURL")),
            Numbers(Member(alert, "values")),
            Text(labels, "alertname") == "DatasourceError" ? Text(annotations, "Error") ?? "" : null);
    }

    private static ImmutableArray<(string Name, double Value)> Numbers(JsonElement? values) =>
        values is { ValueKind: JsonValueKind.Object } given
            ?
            [
                .. given.EnumerateObject()
                    .Where(static one => one.Value.ValueKind == JsonValueKind.Number && one.Value.TryGetDouble(out var number) && double.IsFinite(number))
                    .Take(MostValues)
                    .Select(static one => (Name(one), one.Value.GetDouble())),
            ]
            : [];

    private static string? Text(JsonElement? from, string name)
    {
        try
        {
            return from is { } element && Member(element, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } given
                ? given
                : null;
        }
        catch (InvalidOperationException)
        {
            return null; // no sound text: a lone surrogate
        }
    }

    private static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "?"; // as above
        }
    }

    private static JsonElement? Member(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var member) ? member : null;
}
