using Incidents.Grains.Interfaces;
using Incidents.Grains.Slack;
using MySqlConnector;

namespace Incidents.Grains.MySql;

/// <summary><c>notifications</c>, as its channel reads it and says what was told. Each statement is a transaction of its
/// own on one row, so it waits for no packet and no packet for it.</summary>
internal sealed class CardRows(MySqlDataSource database)
{
    private const string Columns =
        "n.incident_id, n.channel, n.desired_revision, n.raised_revision, COALESCE(n.sent_revision, 0), "
        + "COALESCE(n.sent_alerts, 0), COALESCE(n.message_revision, 0), n.message_channel, n.message_ts, n.former, "
        + "n.calling_since, n.attempts, n.next_attempt_at, n.pending_since, n.last_error";

    private const string IsFree = "(n.claimed_until IS NULL OR n.claimed_until <= UTC_TIMESTAMP(6))";

    /// <summary>What waits in a channel and may be tried now: messages first wanted, the most severe and then the oldest
    /// first. By idx_channel_state_next.</summary>
    /// <param name="top">The highest severity.</param>
    public async Task<Waiting> Look(string channel, string top, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        var packet = new SqlPacket();
        packet.Sql("SELECT COUNT(*), MIN(n.pending_since) FROM notifications n WHERE n.state = 'pending' AND n.channel = ")
            .Each([channel], "?", static (name, row) => row.Add(name)).Sql(";\n");
        Due(packet, "n.raised_revision > COALESCE(n.message_revision, 0)", channel, top, now);
        Due(packet, "n.raised_revision <= COALESCE(n.message_revision, 0)", channel, top, now);
        await using var command = packet.On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var count = new ColumnReader(reader);
        var (pending, since) = ((int)count.Number(), count.TimeOrNull());
        await reader.NextResultAsync(cancel);
        var messages = await ReadAll(reader, cancel);
        await reader.NextResultAsync(cancel);
        return new(pending, since, messages, await ReadAll(reader, cancel));
    }

    /// <summary>Those of the incidents whose message in the channel counts other alerts than there are, and that have nothing
    /// else to tell. By PRIMARY on both.</summary>
    public async Task<List<CardRow>> Miscounted(string channel, IReadOnlyCollection<IncidentId> incidents, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var command = new SqlPacket()
            .Sql("SELECT ").Sql(Columns).Sql(" FROM notifications n STRAIGHT_JOIN incidents i ON i.incident_id = n.incident_id ")
            .Sql("WHERE n.state = 'sent' AND n.message_ts IS NOT NULL AND n.sent_alerts <> i.alert_count AND ").Sql(IsFree)
            .Each([channel], " AND n.channel = ?", static (name, row) => row.Add(name))
            .Sql(" AND n.incident_id IN (").Each(incidents, "?", static (id, row) => row.Add(id)).Sql(")")
            .On(connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await ReadAll(reader, cancel);
    }

    /// <summary>Before each call to Slack: from now on nobody else makes one for this incident.</summary>
    /// <param name="began">If nobody ever says how the call ended, it may have done something, or may yet. Null: it only
    /// reads, or does no harm.</param>
    /// <returns>False when somebody was quicker.</returns>
    public async Task<bool> Claim(CardRow card, Guid claim, TimeSpan lease, DateTimeOffset? began, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var command = new SqlPacket()
            .Sql("UPDATE notifications n SET n.attempts = n.attempts + 1, ")
            .Each([claim], "n.claim = ?", static (id, row) => row.Add(id))
            .Each([(long)lease.TotalMicroseconds], ", n.claimed_until = UTC_TIMESTAMP(6) + INTERVAL ? MICROSECOND", static (length, row) => row.Add(length))
            .Each(began is { } at ? [at] : Array.Empty<DateTimeOffset>(), ", n.calling_since = ?", static (at, row) => row.Add(at))
            .Sql(" WHERE ").Sql(IsFree)
            .Each([card.IncidentId], " AND n.incident_id = ?", static (id, row) => row.Add(id))
            .Each([card.Channel], " AND n.channel = ?", static (name, row) => row.Add(name))
            .Each([card.MessageRevision], " AND COALESCE(n.message_revision, 0) = ?", static (revision, row) => row.Add(revision))
            .Each([card.RaisedRevision], " AND n.raised_revision = ?", static (revision, row) => row.Add(revision))
            .On(connection);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <summary>After the call. What came to be wanted meanwhile stays wanted: the state is compared with what the row says
    /// by now.</summary>
    /// <returns>False when the claim is no longer ours.</returns>
    public async Task<bool> Settle(CardRow card, Guid claim, CardSettlement settled, CancellationToken cancel)
    {
        var told = settled.Row;
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var command = new SqlPacket()
            .Sql("UPDATE notifications SET claim = NULL, claimed_until = NULL, ")
            .Each(
                [told],
                // In this order: each assignment sees those before it, on both servers.
                "sent_revision = ?, sent_alerts = ?, message_revision = ?, message_channel = ?, message_ts = ?, former = ?, "
                + "calling_since = ?, attempts = ?, next_attempt_at = ?, last_error = ?",
                static (t, row) => row
                    .Add(t.SentRevision).Add(t.SentAlerts).Add(t.MessageRevision).Add(t.Message?.Channel).Add(t.Message?.Ts)
                    .Add(MessagePlace.Write(t.Former)).Add(t.CallingSince).Add(t.Attempts).Add(t.NextAttemptAt).Add(t.LastError))
            .Each([(settled, card)], ", channel = IF(raised_revision = ?, ?, channel)",
                static (one, row) => row.Add(one.card.RaisedRevision).Add(one.settled.Row.Channel))
            .Each([(settled, card)], ", state = IF(? AND desired_revision = ?, 'failed', ",
                static (one, row) => row.Add(one.settled.GivenUp).Add(one.card.DesiredRevision))
            .Sql("IF(desired_revision > sent_revision OR raised_revision > message_revision OR former <> '' ")
            .Sql("OR calling_since IS NOT NULL, 'pending', 'sent')), ")
            .Sql("pending_since = IF(state = 'pending', pending_since, NULL) WHERE ")
            .Each([card.IncidentId], "incident_id = ?", static (id, row) => row.Add(id))
            .Each([claim], " AND claim = ?", static (id, row) => row.Add(id))
            .On(connection);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    private static void Due(SqlPacket packet, string which, string channel, string top, DateTimeOffset now) => packet
        .Sql("SELECT ").Sql(Columns).Sql(" FROM notifications n STRAIGHT_JOIN incidents i ON i.incident_id = n.incident_id ")
        .Sql("WHERE n.state = 'pending' AND ").Sql(which).Sql(" AND ").Sql(IsFree)
        .Each([channel], " AND n.channel = ?", static (name, row) => row.Add(name))
        .Each([now], " AND n.next_attempt_at <= ?", static (time, row) => row.Add(time))
        .Each([top], " ORDER BY i.severity = ? DESC, n.pending_since, n.incident_id LIMIT 5;\n", static (severity, row) => row.Add(severity));

    private static async Task<List<CardRow>> ReadAll(MySqlDataReader reader, CancellationToken cancel)
    {
        var rows = new List<CardRow>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(Read(new(reader)));
        }

        return rows;
    }

    private static CardRow Read(ColumnReader row) => new()
    {
        // In the order of the columns.
        IncidentId = row.IncidentId()!.Value,
        Channel = row.Text(),
        DesiredRevision = (int)row.Number(),
        RaisedRevision = (int)row.Number(),
        SentRevision = (int)row.Number(),
        SentAlerts = row.Number(),
        MessageRevision = (int)row.Number(),
        Message = Place(row.TextOrNull(), row.TextOrNull()),
        Former = MessagePlace.ReadAll(row.Text()),
        CallingSince = row.TimeOrNull(),
        Attempts = (int)row.Number(),
        NextAttemptAt = row.Time(),
        PendingSince = row.TimeOrNull(),
        LastError = row.TextOrNull(),
    };

    private static MessagePlace? Place(string? channel, string? ts) => channel is null || ts is null ? null : new(channel, ts);
}

/// <param name="Pending">All that wait in the channel.</param>
/// <param name="Messages">Some that want a message of their own.</param>
/// <param name="Edits">Some whose message is to be edited.</param>
internal sealed record Waiting(int Pending, DateTimeOffset? Since, IReadOnlyList<CardRow> Messages, IReadOnlyList<CardRow> Edits);
