using System.Text.Json;

namespace Incidents.TestKit.Load;

/// <summary>What an answer says of each alert.</summary>
internal static class WebhookReply
{
    /// <summary>The alert was journaled and will be stored.</summary>
    public const string Pending = "pending";

    /// <summary>The alert was refused and must not be stored.</summary>
    public const string Rejected = "rejected";

    /// <returns>By position: the incident's id, or one of the above; null where the answer does not name the alert, as
    /// in any that is not a sound 2xx.</returns>
    public static string?[] Read(int status, ReadOnlyMemory<byte> answer, int alerts)
    {
        var fates = new string?[alerts];
        if (status is < 200 or > 299)
        {
            return fates;
        }

        try
        {
            using var json = JsonDocument.Parse(answer);
            Read(json.RootElement, "results", fates, static one => one.GetProperty("incident_id").GetString());
            Read(json.RootElement, "pending", fates, static _ => Pending);
            Read(json.RootElement, "rejected", fates, static _ => Rejected);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // Not the answer of this service: no alert is named, and the audit says so.
        }

        return fates;
    }

    private static void Read(JsonElement answer, string list, string?[] fates, Func<JsonElement, string?> fate)
    {
        if (!answer.TryGetProperty(list, out var entries))
        {
            return;
        }

        foreach (var entry in entries.EnumerateArray())
        {
            if (entry.GetProperty("index").GetInt32() is var index && index >= 0 && index < fates.Length)
            {
                fates[index] = fate(entry);
            }
        }
    }
}
