using Incidents.Grains.Domain;
using Incidents.Grains.Slack;

namespace Incidents.Grains.MySql;

/// <summary><c>notifications</c>, as the incident's own transaction writes it: what is to be told. What was told is
/// written by CardRows.</summary>
internal static class NoticeRows
{
    /// <summary>What is due later than that was given up, and each change of its incident tries it again.</summary>
    private const string MoreThanAnyBackoff = "INTERVAL 11 MINUTE";

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
            // One unique key, so this is safe. Channel and time before the revision that they are compared with.
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
                .Sql("next_attempt_at = IF(posting_since IS NULL AND (VALUES(raised_revision) > raised_revision ")
                .Sql("OR last_error IS NULL OR next_attempt_at > VALUES(next_attempt_at) + ").Sql(MoreThanAnyBackoff)
                .Sql("), VALUES(next_attempt_at), next_attempt_at), ")
                .Sql("desired_revision = GREATEST(desired_revision, VALUES(desired_revision)), ")
                .Sql("raised_revision = GREATEST(raised_revision, VALUES(raised_revision)), ")
                .Sql("pending_since = COALESCE(pending_since, VALUES(pending_since)), state = 'pending';\n");
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
                .Sql("SET n.desired_revision = GREATEST(n.desired_revision, v.revision), ")
                .Sql("n.next_attempt_at = IF(n.posting_since IS NULL AND (n.last_error IS NULL OR n.next_attempt_at > v.at + ")
                .Sql(MoreThanAnyBackoff).Sql("), v.at, n.next_attempt_at), ")
                .Sql("n.pending_since = COALESCE(n.pending_since, v.at), n.state = 'pending';\n");
        }
    }
}
