using System.Globalization;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>The incidents of a key, the oldest first, as <c>status/resolution/alerts</c>.</summary>
internal static class Episodes
{
    public static async Task<IReadOnlyList<string>> Of(IncidentsSystem system, string key)
    {
        var rows = await system.Database.Rows(
            "SELECT status, resolution, alert_count, (SELECT COUNT(*) FROM grafana_alerts a WHERE a.incident_id = i.incident_id) "
            + "FROM incidents i WHERE incident_key = ? ORDER BY incident_id",
            key);
        return rows.ConvertAll(static row =>
        {
            Assert.Equal(Convert.ToInt64(row[2], CultureInfo.InvariantCulture), Convert.ToInt64(row[3], CultureInfo.InvariantCulture));
            return $"{row[0]}/{row[1]}/{row[2]}";
        });
    }
}
