using Dapper;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Queries;

/// <summary>Reads what was not accepted, the newest first.</summary>
internal sealed class RejectedQueries(ReadDatabase database)
{
    public const string Signature = "rejected";
    private const int PreviewBytes = 1024;

    public const string Columns =
        """
        rejected_id AS RejectedId, received_at AS ReceivedAt, delivery_id AS Delivery, position AS Position,
        source AS Source, sender AS Sender, reason AS Reason, detail AS Detail, body_length AS BodyLength, LENGTH(body) AS KeptLength
        """;

    // Along the primary key. SUBSTRING: MySQL's LEFT of bytes is text.
    private const string Newest =
        $"SELECT {Columns}, SUBSTRING(body, 1, @preview) AS Bytes FROM rejected_deliveries "
        + "WHERE rejected_id < @before ORDER BY rejected_id DESC LIMIT @limit";

    private const string ById = $"SELECT {Columns}, body AS Bytes FROM rejected_deliveries WHERE rejected_id = @id";

    public async Task<Page<RejectedRow>> List(long? before, int limit, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        var parameters = new { before = before ?? long.MaxValue, limit = limit + 1, preview = PreviewBytes };
        return Page.Of(
            await connection.QueryAsync<RejectedRow>(new(Newest, parameters, cancellationToken: cancel)),
            limit,
            static last => Cursor.Write(Signature, $"{last.RejectedId}"));
    }

    /// <summary>With the whole body that is kept; null when there is no such row (any more).</summary>
    public async Task<RejectedRow?> Find(long id, CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return await connection.QuerySingleOrDefaultAsync<RejectedRow>(new(ById, new { id }, cancellationToken: cancel));
    }
}
