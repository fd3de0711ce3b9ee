using Incidents.Grains.Domain;

namespace Incidents.Grains.MySql;

/// <summary><c>grafana_alerts</c>: every alert as it came. After <c>incidents</c>, which its foreign key needs; its
/// triggers count, and nothing else does.</summary>
internal static class AlertRows
{
    public static void Insert(SqlPacket packet, IReadOnlyList<KeyChange> changes)
    {
        if (changes.Any(static change => !change.Alerts.IsEmpty))
        {
            packet
                .Sql("INSERT INTO grafana_alerts (incident_id, incident_key, delivery_id, position, received_at, state, ")
                .Sql("reason, severity, rule_uid, alertname, fingerprint, starts_at, ends_at, message, labels, ")
                .Sql("annotations, raw_payload, sender) VALUES ")
                .Each(
                    changes.SelectMany(static change => change.Alerts),
                    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    static (stored, row) => Bind(stored, row))
                .Sql(";\n");
        }
    }

    private static void Bind(StoredAlert stored, SqlPacket.Row row)
    {
        var (alert, seen) = (stored.Alert, stored.Sighting);
        row
            .Add(stored.IncidentId).Add(stored.IncidentId.Key)
            .Add(stored.Batch.DeliveryId).Add(alert.Position).Add(seen.ReceivedAt)
            .Add(seen.State.Snake()).Add(stored.Reason.Snake()).Add(seen.Severity)
            .Add(stored.Batch.Parts.RuleUid).Add(alert.AlertName).Add(alert.Fingerprint)
            .Add(seen.StartsAt).Add(seen.EndedAt)
            .Add(alert.Message).Add(alert.Labels).Add(alert.Annotations)
            .Add(Raw(stored)).Add(stored.Batch.Sender ?? "");
    }

    /// <summary>The delivery's members around this one element: a body that can be posted again.</summary>
    private static byte[] Raw(StoredAlert stored) =>
        [.. stored.Envelope.Head, .. stored.Alert.Raw, .. stored.Envelope.Tail];
}
