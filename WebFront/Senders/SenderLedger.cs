using System.Net;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Senders;

/// <summary>Counts in memory what each sender delivers; <see cref="SenderWriter"/> brings it to the database. Bounded:
/// names are configuration, and of the peers of each, which a sender makes up at will, only so many are told apart.</summary>
internal sealed class SenderLedger(IOptions<SenderLedgerOptions> options)
{
    /// <summary>A peer unheard for so long makes room for another: servers come and go with new addresses.</summary>
    private static readonly TimeSpan MakesRoomAfter = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly RecentDeliveries _recent = new(options.Value.DuplicateWindow, options.Value.MaxCompared);
    private readonly Dictionary<string, Dictionary<PeerKey, DateTimeOffset>> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Sender, string Peer), PeerTally> _tallies = [];

    public void OnDelivery(Delivery delivery, IPAddress? remote, string userAgent)
    {
        var (facts, at) = (PeerFacts.Of(delivery.Arrival.Sender, remote, userAgent, delivery.Origin), delivery.Arrival.At);
        var told = DeliveryFacts.Of(delivery);
        lock (_lock)
        {
            var duplicate = _recent.IsDuplicate(facts.Key, told, at);
            var (peer, described) = PeerOf(facts, at);
            Add(new(
                peer, described, at, at, 1, delivery.AlertCount, delivery.Rejected.Count, delivery.Group.Truncated ? 1 : 0, duplicate ? 1 : 0));
        }
    }

    /// <summary>What was counted since the last time; the caller writes it, or brings it back.</summary>
    public IReadOnlyCollection<PeerTally> Take()
    {
        lock (_lock)
        {
            PeerTally[] taken = [.. _tallies.Values];
            _tallies.Clear();
            return taken;
        }
    }

    public void Return(IEnumerable<PeerTally> notWritten)
    {
        lock (_lock)
        {
            foreach (var tally in notWritten)
            {
                Add(tally);
            }
        }
    }

    private void Add(PeerTally tally)
    {
        var key = (tally.Facts.Sender, tally.Peer);
        _tallies[key] = _tallies.TryGetValue(key, out var counted) ? counted.Plus(tally) : tally;
    }

    private (string Peer, PeerFacts Facts) PeerOf(PeerFacts facts, DateTimeOffset now)
    {
        if (!_known.TryGetValue(facts.Sender, out var peers))
        {
            peers = _known[facts.Sender] = [];
        }

        if (peers.Count >= options.Value.MaxPeers && !peers.ContainsKey(facts.Key))
        {
            var (oldest, heard) = peers.MinBy(static peer => peer.Value);
            if (now - heard <= MakesRoomAfter)
            {
                return (PeerTally.Other, PeerFacts.Mixed(facts.Sender));
            }

            peers.Remove(oldest);
        }

        peers[facts.Key] = now;
        return (facts.Key.Id, facts);
    }
}
