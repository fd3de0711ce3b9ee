using Incidents.Grains.Interfaces;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Api;

/// <summary>Who sends, how much, and how long ago. The counts are a few seconds old (<c>Senders:WriteEvery</c>).</summary>
internal sealed record SenderList(IReadOnlyList<SenderState> Senders)
{
    /// <param name="watch">Null when no silo could be asked.</param>
    public static SenderList Of(IEnumerable<PeerRow> rows, SenderWatchState? watch, DateTimeOffset now) =>
        new([.. rows.GroupBy(static row => row.Sender).Select(peers => SenderState.Of(peers.Key, [.. peers], watch, now))]);
}

/// <summary>One sender: what its peers did, taken together.</summary>
internal sealed record SenderState
{
    /// <summary>The name of its credentials.</summary>
    public required string Sender { get; init; }

    /// <summary>Whether it fell silent (<c>Senders:SilentAfter</c>); null when no silo could be asked.</summary>
    public bool? Silent { get; init; }

    /// <summary>The incident that tells of the silence.</summary>
    public string? SilentIncidentId { get; init; }

    public DateTime FirstDeliveryAt { get; init; }

    public DateTime LastDeliveryAt { get; init; }

    /// <summary>Seconds since the last delivery, as of this answer.</summary>
    public double AgeSeconds { get; init; }

    public long Deliveries { get; init; }

    /// <summary>Also the rejected ones.</summary>
    public long Alerts { get; init; }

    public long RejectedAlerts { get; init; }

    public long TruncatedDeliveries { get; init; }

    /// <summary>Delivered a second time by another server of the sender, such as the second of an HA pair. Those
    /// alerts are stored like any.</summary>
    public long DuplicateDeliveries { get; init; }

    public required IReadOnlyList<PeerRow> Peers { get; init; }

    public static SenderState Of(string sender, IReadOnlyList<PeerRow> peers, SenderWatchState? watch, DateTimeOffset now)
    {
        var last = peers.Max(static peer => peer.LastDeliveryAt);
        var silence = watch?.Silences.GetValueOrDefault(sender);
        return new()
        {
            Sender = sender,
            Silent = watch is null ? null : silence is not null,
            SilentIncidentId = silence?.Incident?.Value,
            FirstDeliveryAt = peers.Min(static peer => peer.FirstDeliveryAt),
            LastDeliveryAt = last,
            AgeSeconds = Age(last, now),
            Deliveries = peers.Sum(static peer => peer.Deliveries),
            Alerts = peers.Sum(static peer => peer.Alerts),
            RejectedAlerts = peers.Sum(static peer => peer.RejectedAlerts),
            TruncatedDeliveries = peers.Sum(static peer => peer.TruncatedDeliveries),
            DuplicateDeliveries = peers.Sum(static peer => peer.DuplicateDeliveries),
            Peers = [.. peers.Select(peer => peer with { AgeSeconds = Age(peer.LastDeliveryAt, now) })],
        };
    }

    /// <summary>Clocks of several machines differ a little: never below zero.</summary>
    private static double Age(DateTime last, DateTimeOffset now) => Math.Round(Math.Max(0, (now.UtcDateTime - last).TotalSeconds), 3);
}
