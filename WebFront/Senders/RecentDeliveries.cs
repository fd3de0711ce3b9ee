using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Senders;

/// <summary>Which deliveries came lately, to tell the second of an HA pair. Of one WebFront: with several, what the
/// balancer gave to another is not seen. Knows no clock, and is used by one thread at a time.</summary>
/// <param name="most">Beyond it the oldest is forgotten.</param>
internal sealed class RecentDeliveries(TimeSpan window, int most)
{
    private readonly Dictionary<Told, Seen> _seen = [];
    private readonly Queue<(Told Told, DateTimeOffset At)> _byAge = new();

    /// <summary>Whether another peer of the sender delivered the same facts within the window before.</summary>
    public bool IsDuplicate(PeerKey peer, DeliveryFacts facts, DateTimeOffset now)
    {
        if (window == TimeSpan.Zero || facts.Alerts == 0)
        {
            return false;
        }

        Forget(now);
        var told = new Told(peer.Sender, facts);
        if (_seen.TryGetValue(told, out var seen) && now - seen.At <= window && seen.Peer != peer)
        {
            return true; // the first stays the one to compare with
        }

        _seen[told] = new(peer, now);
        _byAge.Enqueue((told, now));
        return false;
    }

    private void Forget(DateTimeOffset now)
    {
        while (_byAge.TryPeek(out var oldest) && (_byAge.Count >= most || now - oldest.At > window))
        {
            _byAge.Dequeue();
            if (_seen.TryGetValue(oldest.Told, out var seen) && seen.At == oldest.At)
            {
                _seen.Remove(oldest.Told);
            }
        }
    }

    private readonly record struct Told(string Sender, DeliveryFacts Facts);

    private readonly record struct Seen(PeerKey Peer, DateTimeOffset At);
}

/// <summary>What a delivery tells: its group, and of each sound alert the series, the state and the start, in any
/// order. Two that differ are equal by chance once in some billions, which would cost a wrong count.</summary>
internal readonly record struct DeliveryFacts(string Group, int Alerts, ulong Sum)
{
    public static DeliveryFacts Of(Delivery delivery)
    {
        var (alerts, sum) = (0, 0UL);
        foreach (var alert in delivery.Batches.SelectMany(static keyed => keyed.Batch.Alerts))
        {
            alerts++;
            sum += (uint)HashCode.Combine(alert.Fingerprint, alert.State, alert.StartsAt);
        }

        return new(delivery.Group.Hash, alerts, sum);
    }
}
