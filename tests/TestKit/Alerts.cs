using System.Text;
using Incidents.Grains.Interfaces;

namespace Incidents.TestKit;

/// <summary>Deliveries as WebFront hands them over, with what a test does not care about filled in.</summary>
public static class Alerts
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static readonly KeyParts Parts = new("rule-1", "prod", "shop", "checkout", "production");

    public static Alert Firing(
        string fingerprint = "a", DateTimeOffset? startsAt = null, string severity = "critical", int position = 0) =>
        Of(AlertState.Firing, fingerprint, startsAt ?? Noon, null, severity, position);

    public static Alert Resolved(
        string fingerprint = "a", DateTimeOffset? startsAt = null, DateTimeOffset? endsAt = null, int position = 0) =>
        Of(AlertState.Resolved, fingerprint, startsAt ?? Noon, endsAt, "critical", position);

    public static AlertBatch Batch(DateTimeOffset receivedAt, params ReadOnlySpan<Alert> alerts) => new()
    {
        DeliveryId = Guid.CreateVersion7(receivedAt),
        Attempt = 1,
        ReceivedAt = receivedAt,
        Deadline = receivedAt + TimeSpan.FromSeconds(25),
        Parts = Parts,
        Group = "00000000000000aa",
        Envelope = new("{\"version\":\"1\",\"alerts\":["u8.ToArray(), "]}"u8.ToArray()),
        Alerts = [.. alerts.ToArray().Select(static (alert, place) => alert with { Position = place })],
    };

    /// <summary>A key of its own per name.</summary>
    public static AlertBatch To(this AlertBatch batch, string service) =>
        batch with { Parts = batch.Parts with { Service = service } };

    private static Alert Of(
        AlertState state,
        string fingerprint,
        DateTimeOffset? startsAt,
        DateTimeOffset? endsAt,
        string severity,
        int position) => new()
        {
            Position = position,
            State = state,
            Fingerprint = fingerprint,
            StartsAt = startsAt,
            EndsAt = endsAt,
            AlertName = "HighErrorRate",
            Severity = severity,
            Summary = "Errors above 5%",
            Message = "checkout returns 5xx",
            Labels = "{\"alertname\":\"HighErrorRate\"}",
            Annotations = "{}",
            Values = "{\"B\":7.3}",
            Raw = Encoding.UTF8.GetBytes($"{{\"status\":\"{(state == AlertState.Firing ? "firing" : "resolved")}\"}}"),
        };
}
