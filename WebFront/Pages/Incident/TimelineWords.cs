using System.Text.Json;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Pages;

/// <summary>What happened, in words; who did it and when stands beside it.</summary>
internal static class TimelineWords
{
    /// <summary>A kind that this version does not know is shown by its name.</summary>
    public static string Of(TimelineRow entry) => entry.Kind switch
    {
        "opened" => Said.With(IncidentWords.Opened, ReasonWords.Alert(entry.Reason)),
        "severity_changed" => Said.With(IncidentWords.SeverityChanged, Text(entry, "from"), Text(entry, "to")),
        "acknowledged" => IncidentWords.EntryAcknowledged,
        "unacknowledged" => IncidentWords.EntryUnacknowledged,
        "resolved" => ReasonWords.Resolution(entry.Reason),
        "noted" => IncidentWords.EntryNoted,
        "amended" => IncidentWords.EntryAmended,
        "incomplete" => Said.With(IncidentWords.EntryIncomplete, Incompleteness(entry.Reason)),
        "complete" => Said.With(IncidentWords.EntryComplete, Incompleteness(entry.Reason)),
        var other => other,
    };

    /// <summary>What people wrote with it. An empty name: the text says enough.</summary>
    public static IEnumerable<(string Name, string Text)> Written(TimelineRow entry)
    {
        if (entry.Detail is not { ValueKind: JsonValueKind.Object } detail)
        {
            yield break;
        }

        foreach (var member in detail.EnumerateObject())
        {
            var name = (entry.Kind, member.Name) switch
            {
                ("noted", "text") => "",
                ("resolved" or "amended", "action_taken") => IncidentWords.WasDone,
                ("resolved" or "amended", "root_cause") => IncidentWords.WhyItHappened,
                ("resolved" or "amended", "is_noise") => IncidentWords.Noise,
                _ => null,
            };
            if (name is not null && (entry.Kind == "amended" || member.Value.ValueKind != JsonValueKind.Null))
            {
                yield return (name, Text(member.Value));
            }
        }
    }

    public static string Incompleteness(string? reason) => reason switch
    {
        "truncated" => IncidentWords.Truncated,
        "instances_capped" => IncidentWords.InstancesCappedWhy,
        _ => reason ?? "",
    };

    private static string Text(TimelineRow entry, string member) =>
        entry.Detail is { ValueKind: JsonValueKind.Object } detail && detail.TryGetProperty(member, out var value) ? Text(value) : "";

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => IncidentWords.Cleared,
        JsonValueKind.True => IncidentWords.Yes,
        JsonValueKind.False => IncidentWords.No,
        _ => value.ToString(),
    };
}
