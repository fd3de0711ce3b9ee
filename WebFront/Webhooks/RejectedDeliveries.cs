using System.Text;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace Incidents.WebFront.Webhooks;

/// <summary>Keeps what was not accepted, bounded, so that somebody can find out why. Best effort: a sender is answered
/// the same when it fails.</summary>
internal sealed partial class RejectedDeliveries(
    MySqlDataSource database,
    IOptions<WebhookOptions> options,
    TimeProvider clock,
    ILogger<RejectedDeliveries> logger)
{
    /// <summary>Of one delivery, so many alerts are kept; one further row counts the others.</summary>
    private const int MaxPerDelivery = 100;

    private const int MaxPacketBytes = 1_048_576;
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(3);

    public Task Keep(Arrival arrival, byte[] body, RejectReason reason) =>
        Keep(arrival, [new(null, reason, reason.Message(), Cut(body, 0, body.Length), body.Length)]);

    public Task Keep(Delivery delivery, IReadOnlyList<RejectedAlert> alerts)
    {
        List<Row> rows = [];
        foreach (var alert in alerts.Take(MaxPerDelivery))
        {
            var kept = Cut(delivery.Body, alert.Range.Start, alert.Range.Length);
            rows.Add(new(alert.Position, alert.Reason, alert.Reason.Message(), kept, alert.Range.Length));
        }

        if (alerts.Count > MaxPerDelivery)
        {
            var detail = $"{alerts.Count - MaxPerDelivery} further alerts of this delivery were rejected.";
            rows.Add(new(null, RejectReason.MoreRejected, detail, default, delivery.Body.Length));
        }

        return Keep(delivery.Arrival, rows);
    }

    private async Task Keep(Arrival arrival, List<Row> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        using var giveUp = new CancellationTokenSource(GiveUpAfter, clock);
        try
        {
            await using var connection = await database.OpenConnectionAsync(giveUp.Token);
            long last = 0;
            for (var from = 0; from < rows.Count;)
            {
                var to = EndOfPacket(rows, from);
                last = await Insert(connection, arrival, rows[from..to], giveUp.Token);
                from = to;
            }

            LogKept(arrival.DeliveryId, arrival.Source, rows.Count, rows[0].Reason);
            await TryTrim(connection, last - options.Value.KeepRejected, giveUp.Token);
        }
        catch (Exception e) when (e is MySqlException or OperationCanceledException or TimeoutException)
        {
            LogLost(e, arrival.DeliveryId, arrival.Source, rows.Count, rows[0].Reason);
        }
    }

    private ReadOnlyMemory<byte> Cut(byte[] body, int start, int length) =>
        body.AsMemory(start, Math.Min(length, options.Value.MaxRejectedBytes));

    private static int EndOfPacket(List<Row> rows, int from)
    {
        var (to, bytes) = (from + 1, rows[from].Body.Length);
        while (to < rows.Count && bytes + rows[to].Body.Length <= MaxPacketBytes)
        {
            bytes += rows[to++].Body.Length;
        }

        return to;
    }

    /// <returns>The id of the last row.</returns>
    private static async Task<long> Insert(MySqlConnection connection, Arrival arrival, List<Row> rows, CancellationToken cancel)
    {
        await using var insert = connection.CreateCommand();
        var sql = new StringBuilder(
            """
            INSERT INTO rejected_deliveries
              (received_at, delivery_id, position, source, sender, reason, detail, body, body_length) VALUES
            """);
        foreach (var row in rows)
        {
            sql.Append(insert.Parameters.Count == 0 ? ' ' : ',').Append("(?,?,?,?,?,?,?,?,?)");
            object?[] values =
            [
                arrival.At.UtcDateTime, arrival.DeliveryId.ToByteArray(bigEndian: true), row.Position,
                arrival.Source.Text(), arrival.Sender, row.Reason.Text(), row.Detail, row.Body, row.Length,
            ];
            insert.Parameters.AddRange(values.Select(static value => new MySqlParameter { Value = value }).ToArray());
        }

        insert.CommandText = sql.ToString();
        await insert.ExecuteNonQueryAsync(cancel);
        return insert.LastInsertedId + rows.Count - 1;
    }

    private async Task TryTrim(MySqlConnection connection, long upTo, CancellationToken cancel)
    {
        try
        {
            await Trim(connection, upTo, cancel);
        }
        catch (Exception e) when (e is MySqlException or OperationCanceledException or TimeoutException)
        {
            LogNotTrimmed(e.Message); // the next one does it
        }
    }

    /// <summary>Along the primary key. Ids are given in turn, so none older than the newest so many is the bound.</summary>
    private static async Task Trim(MySqlConnection connection, long upTo, CancellationToken cancel)
    {
        await using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM rejected_deliveries WHERE rejected_id <= @upTo ORDER BY rejected_id LIMIT 1000";
        delete.Parameters.AddWithValue("@upTo", upTo);
        await delete.ExecuteNonQueryAsync(cancel);
    }

    [LoggerMessage(LogLevel.Warning, "Delivery {DeliveryId} from {Source}: {Rows} rejected, first {Reason}; kept in rejected_deliveries")]
    private partial void LogKept(Guid deliveryId, WebhookSource source, int rows, RejectReason reason);

    [LoggerMessage(LogLevel.Warning, "Old rejected deliveries were not removed: {Message}")]
    private partial void LogNotTrimmed(string message);

    [LoggerMessage(LogLevel.Error, "Delivery {DeliveryId} from {Source}: {Rows} rejected, first {Reason}; LOST, rejected_deliveries cannot be written")]
    private partial void LogLost(Exception e, Guid deliveryId, WebhookSource source, int rows, RejectReason reason);

    private sealed record Row(int? Position, RejectReason Reason, string Detail, ReadOnlyMemory<byte> Body, long Length);
}
