using Dapper;
using Incidents.WebFront.Hosting;

namespace Incidents.WebFront.Queries;

/// <summary>Reads what is known of the senders.</summary>
internal sealed class SenderQueries(ReadDatabase database)
{
    /// <summary>Names are configuration and peers are bounded: more rows mean that something is wrong.</summary>
    private const int MaxRows = 5000;

    /// <summary>Along the primary key (sender, peer).</summary>
    public const string All =
        """
        SELECT sender AS Sender, peer AS Peer, kind AS Kind, version AS Version, external_url AS ExternalUrl,
               org_id AS OrgId, remote_address AS RemoteAddress, first_delivery_at AS FirstDeliveryAt,
               last_delivery_at AS LastDeliveryAt, deliveries AS Deliveries, alerts AS Alerts,
               rejected_alerts AS RejectedAlerts, truncated_deliveries AS TruncatedDeliveries,
               duplicate_deliveries AS DuplicateDeliveries
          FROM senders ORDER BY sender, peer LIMIT @limit
        """;

    /// <summary>By sender and peer.</summary>
    public async Task<IReadOnlyList<PeerRow>> List(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        return [.. await connection.QueryAsync<PeerRow>(new(All, new { limit = MaxRows }, cancellationToken: cancel))];
    }
}
