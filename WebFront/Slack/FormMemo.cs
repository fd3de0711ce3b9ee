using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Slack;

/// <summary>What a form carries along unseen (<c>private_metadata</c>): which card was pressed. The answer to a form does
/// not say so by itself.</summary>
internal static class FormMemo
{
    private const int MaxLength = 3_000;

    public static string Write(PressedCard card)
    {
        var memo = new JsonObject { ["incident"] = card.Incident.Value, ["revision"] = card.Revision };
        var known = memo.ToJsonString();
        memo["response_url"] = card.ResponseUrl?.Value;
        return memo.ToJsonString() is { Length: <= MaxLength } whole ? whole : known;
    }

    /// <summary>Null when it is none of ours.</summary>
    public static PressedCard? Read(string memo)
    {
        try
        {
            using var json = JsonDocument.Parse(memo);
            var root = json.RootElement;
            return root.Member("revision") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var revision)
                && IncidentId.TryParse(root.Text("incident"), out var incident)
                ? new(incident, revision, root.Text("response_url") is { } url ? new(url) : null)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
