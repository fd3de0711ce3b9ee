using Incidents.Grains.Domain;

namespace Incidents.Grains.MySql;

/// <summary><c>incident_instances</c>: a series as of its last change of state. One unique key, so ON DUPLICATE KEY
/// UPDATE is safe here.</summary>
internal static class InstanceRows
{
    public static void Upsert(SqlPacket packet, IReadOnlyList<KeyChange> changes)
    {
        if (changes.Any(static change => !change.Instances.IsEmpty))
        {
            packet
                .Sql("INSERT INTO incident_instances ")
                .Sql("(incident_id, fingerprint, state, severity, starts_at, ends_at, last_seen_at, values_json) VALUES ")
                .Each(
                    changes.SelectMany(static change => change.Instances),
                    "(?, ?, ?, ?, ?, ?, ?, ?)",
                    static (one, row) => row
                        .Add(one.IncidentId).Add(one.Fingerprint).Add(one.State.State.Snake()).Add(one.State.Severity)
                        .Add(one.State.StartsAt).Add(one.State.EndedAt).Add(one.State.LastSeenAt).Add(one.Values))
                .Sql(" ON DUPLICATE KEY UPDATE state = VALUES(state), severity = VALUES(severity), ")
                .Sql("starts_at = VALUES(starts_at), ends_at = VALUES(ends_at), last_seen_at = VALUES(last_seen_at), ")
                .Sql("values_json = VALUES(values_json);\n");
        }
    }
}
