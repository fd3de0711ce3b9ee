using System.Text;
using Incidents.WebFront.Webhooks.Parsing;
using MySqlConnector;

namespace Incidents.WebFront.Senders;

/// <summary>The statements that keep <c>senders</c>.</summary>
internal static class SenderRows
{
    /// <summary>Adds what was counted. In the order of the primary key, so that two WebFronts do not deadlock.</summary>
    public static async Task Add(MySqlConnection connection, IEnumerable<PeerTally> tallies, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        var sql = new StringBuilder(
            """
            INSERT INTO senders
              (sender, peer, kind, version, external_url, org_id, remote_address, first_delivery_at, last_delivery_at,
               deliveries, alerts, rejected_alerts, truncated_deliveries, duplicate_deliveries) VALUES
            """);
        foreach (var tally in tallies
            .OrderBy(static one => one.Facts.Sender, StringComparer.Ordinal).ThenBy(static one => one.Peer, StringComparer.Ordinal))
        {
            sql.Append(command.Parameters.Count == 0 ? ' ' : ',').Append("(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
            var facts = tally.Facts;
            object?[] values =
            [
                facts.Sender, tally.Peer, facts.Kind.Text(), facts.Version, facts.ExternalUrl, facts.OrgId, facts.Address,
                tally.First.UtcDateTime, tally.Last.UtcDateTime,
                tally.Deliveries, tally.Alerts, tally.Rejected, tally.Truncated, tally.Duplicates,
            ];
            command.Parameters.AddRange(values.Select(static value => new MySqlParameter { Value = value }).ToArray());
        }

        // Another WebFront may have written a later delivery: the description belongs to the latest, so the columns that
        // compare come before the one they compare with.
        sql.Append(
            """

            ON DUPLICATE KEY UPDATE
              kind = IF(VALUES(last_delivery_at) >= last_delivery_at, VALUES(kind), kind),
              version = IF(VALUES(last_delivery_at) >= last_delivery_at, VALUES(version), version),
              external_url = IF(VALUES(last_delivery_at) >= last_delivery_at, VALUES(external_url), external_url),
              org_id = IF(VALUES(last_delivery_at) >= last_delivery_at, VALUES(org_id), org_id),
              remote_address = IF(VALUES(last_delivery_at) >= last_delivery_at, VALUES(remote_address), remote_address),
              first_delivery_at = LEAST(first_delivery_at, VALUES(first_delivery_at)),
              last_delivery_at = GREATEST(last_delivery_at, VALUES(last_delivery_at)),
              deliveries = deliveries + VALUES(deliveries),
              alerts = alerts + VALUES(alerts),
              rejected_alerts = rejected_alerts + VALUES(rejected_alerts),
              truncated_deliveries = truncated_deliveries + VALUES(truncated_deliveries),
              duplicate_deliveries = duplicate_deliveries + VALUES(duplicate_deliveries)
            """);
        command.CommandText = sql.ToString();
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Removes peers unheard since <paramref name="before"/>; the last one of a sender stays. Along
    /// idx_sender_last_delivery.</summary>
    public static async Task Forget(MySqlConnection connection, DateTimeOffset before, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            """
            DELETE old FROM senders old JOIN senders newer
              ON newer.sender = old.sender AND newer.last_delivery_at > old.last_delivery_at
            WHERE old.last_delivery_at < @before
            """;
        command.Parameters.AddWithValue("@before", before.UtcDateTime);
        await command.ExecuteNonQueryAsync(cancel);
    }

    public static string Text(this SenderKind kind) => kind switch
    {
        SenderKind.Unknown => "unknown",
        SenderKind.Grafana => "grafana",
        SenderKind.Alertmanager => "alertmanager",
    };
}
