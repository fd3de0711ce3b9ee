using System.Globalization;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>A row of <c>grafana_alerts</c>.</summary>
internal sealed record StoredAlert(
    string IncidentId, int Position, string State, string Reason, string Fingerprint, string Labels, string Annotations, string RawPayload)
{
    /// <summary>The one element of the payload's own <c>alerts</c>, as text.</summary>
    public string Element => JsonDocument.Parse(RawPayload).RootElement.GetProperty("alerts").EnumerateArray().Single().GetRawText();

    /// <summary>In the order in which they were stored.</summary>
    public static async Task<List<StoredAlert>> Of(IncidentsSystem system, IEnumerable<string> keys)
    {
        var rows = await system.Database.Rows(
            "SELECT incident_id, position, state, reason, fingerprint, labels, annotations, raw_payload FROM grafana_alerts "
            + $"WHERE incident_key IN ({In(keys)}) ORDER BY alert_id");
        return rows.ConvertAll(static row => new StoredAlert(
            (string)row[0]!,
            Convert.ToInt32(row[1], CultureInfo.InvariantCulture),
            (string)row[2]!,
            (string)row[3]!,
            (string)row[4]!,
            (string)row[5]!,
            (string)row[6]!,
            (string)row[7]!));
    }

    /// <summary>Keys are hex: nothing to escape.</summary>
    public static string In(IEnumerable<string> keys) => string.Join(',', keys.Select(static key => $"'{key}'"));
}
