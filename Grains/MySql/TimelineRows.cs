using Incidents.Grains.Domain;

namespace Incidents.Grains.MySql;

/// <summary><c>incident_events</c>: what happened to each incident, other than alerts.</summary>
internal static class TimelineRows
{
    public static void Insert(SqlPacket packet, IReadOnlyList<KeyChange> changes)
    {
        if (changes.Any(static change => !change.Timeline.IsEmpty))
        {
            packet
                .Sql("INSERT INTO incident_events ")
                .Sql("(incident_id, seq, at, kind, reason, actor, detail, revision, alerts_received, command_id) VALUES ")
                .Each(
                    changes.SelectMany(static change => change.Timeline),
                    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    static (entry, row) => row
                        .Add(entry.IncidentId).Add(entry.Seq).Add(entry.At).Add(entry.Kind.Snake()).Add(entry.Reason)
                        .Add(entry.Actor).Add(entry.Detail).Add(entry.Revision).Add(entry.AlertsReceived)
                        .Add(entry.CommandId))
                .Sql(";\n");
        }
    }
}
