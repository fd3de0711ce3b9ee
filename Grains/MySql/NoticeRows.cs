using Incidents.Grains.Domain;
using Incidents.Grains.Slack;

namespace Incidents.Grains.MySql;

/// <summary><c>notifications</c>, as the incident's own transaction writes it: what is to be told. What was told is
/// written by CardRows.</summary>
internal static class NoticeRows
{
    public static void Upsert(SqlPacket packet, IReadOnlyList<KeyChange> changes, ChannelTable channels)
    {
        if (!channels.IsOn)
        {
            return; // an intent that nobody sends would be a flood on the day somebody does
        }

        var notices = changes.SelectMany(
            static change => Notice.Of(change), static (change, notice) => (notice, At: change.DecidedAt)).ToList();
        var open = notices.FindAll(static one => one.notice.Kind != NoticeKind.Closed);
        if (open.Count > 0)
        {
            // One unique key, so this is safe. What is compared with the revisions comes before them.
            packet
                .Sql("INSERT INTO notifications (incident_id, channel, state, desired_revision, raised_revision, attempts, ")
                .Sql("next_attempt_at, pending_since) VALUES ")
                .Each(
                    open,
                    "(?, ?, 'pending', ?, ?, 0, ?, ?)",
                    (one, row) => row
                        .Add(one.notice.IncidentId).Add(channels.For(one.notice.Severity)).Add(one.notice.Revision)
                        .Add(one.notice.Kind == NoticeKind.Raised ? one.notice.Revision : 1).Add(one.At).Add(one.At))
                .Sql(" ON DUPLICATE KEY UPDATE channel = IF(VALUES(raised_revision) > raised_revision, VALUES(channel), channel), ")
                .Sql("next_attempt_at = IF(sent_revision >= desired_revision, VALUES(next_attempt_at), next_attempt_at), ")
                .Sql("desired_revision = GREATEST(desired_revision, VALUES(desired_revision)), ")
                .Sql("raised_revision = GREATEST(raised_revision, VALUES(raised_revision)), ")
                .Sql("pending_since = IF(state = 'pending', pending_since, VALUES(pending_since)), state = 'pending';\n");
        }

        var closed = notices.FindAll(static one => one.notice.Kind == NoticeKind.Closed);
        if (closed.Count > 0)
        {
            packet
                .Sql("UPDATE (")
                .Each(
                    closed,
                    "SELECT ? AS id, ? AS revision, ? AS at",
                    static (one, row) => row.Add(one.notice.IncidentId).Add(one.notice.Revision).Add(one.At),
                    " UNION ALL ")
                .Sql(") v STRAIGHT_JOIN notifications n ON n.incident_id = v.id ")
                .Sql("SET n.next_attempt_at = IF(n.sent_revision >= n.desired_revision, v.at, n.next_attempt_at), ")
                .Sql("n.desired_revision = GREATEST(n.desired_revision, v.revision), ")
                .Sql("n.pending_since = IF(n.state = 'pending', n.pending_since, v.at), n.state = 'pending';\n");
        }
    }
}
