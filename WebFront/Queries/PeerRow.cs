using System.Text.Json.Serialization;

namespace Incidents.WebFront.Queries;

/// <summary>One server that sends under a sender's name. Kind, version and URL are what it said of itself.</summary>
public sealed record PeerRow
{
    [JsonIgnore]
    public string Sender { get; init; } = "";

    /// <summary>16 hex characters made of address and URL, or <c>other</c>: all beyond <c>Senders:MaxPeers</c>.</summary>
    public required string Peer { get; init; }

    /// <summary><c>grafana</c>, <c>alertmanager</c> or <c>unknown</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Empty when not told (Grafana before 12.4).</summary>
    public required string Version { get; init; }

    public required string ExternalUrl { get; init; }

    public long? OrgId { get; init; }

    /// <summary>Where it connects from; a proxy before us, if there is one.</summary>
    public required string RemoteAddress { get; init; }

    public DateTime FirstDeliveryAt { get; init; }

    public DateTime LastDeliveryAt { get; init; }

    /// <summary>Seconds since the last delivery, as of this answer.</summary>
    public double AgeSeconds { get; init; }

    public long Deliveries { get; init; }

    /// <summary>Also the rejected ones.</summary>
    public long Alerts { get; init; }

    public long RejectedAlerts { get; init; }

    /// <summary>Deliveries of which the sender left alerts out.</summary>
    public long TruncatedDeliveries { get; init; }

    /// <summary>Deliveries with the facts that another peer of the sender had delivered just before.</summary>
    public long DuplicateDeliveries { get; init; }
}
