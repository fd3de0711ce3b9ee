using System.Text.Json;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>Bodies with one alert, of labels that a test chooses.</summary>
internal static class Incoming
{
    public static byte[] Alert(
        string cluster,
        string alertname = "HighErrorRate",
        string service = "checkout",
        string severity = "critical",
        string fingerprint = "00000000000000a1",
        string status = "firing",
        string groupKey = "{}:{}",
        string startsAt = "2026-11-20T02:15:30Z") => JsonSerializer.SerializeToUtf8Bytes(new
        {
            version = "1",
            groupKey,
            alerts = new[]
            {
                new
                {
                    status,
                    labels = new { alertname, cluster, @namespace = "shop", service, severity },
                    fingerprint,
                    startsAt,
                },
            },
        });

    /// <summary>One of each cluster.</summary>
    public static byte[] Alerts(params string[] clusters) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        version = "1",
        groupKey = "{}:{}",
        alerts = clusters.Select(static cluster => new
        {
            status = "firing",
            labels = new { alertname = "HighErrorRate", cluster, @namespace = "shop", service = "checkout", severity = "critical" },
            fingerprint = "00000000000000a1",
            startsAt = "2026-11-20T02:15:30Z",
        }),
    });
}
