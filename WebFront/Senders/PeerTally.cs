namespace Incidents.WebFront.Senders;

/// <summary>What was counted of one peer since it was last written, and how it described itself latest.</summary>
/// <param name="Peer">Its id under the sender's name: 16 hex characters, or <see cref="Other"/>.</param>
/// <param name="Alerts">Elements of <c>alerts[]</c>, the rejected ones too.</param>
internal sealed record PeerTally(
    string Peer,
    PeerFacts Facts,
    DateTimeOffset First,
    DateTimeOffset Last,
    long Deliveries,
    long Alerts,
    long Rejected,
    long Truncated,
    long Duplicates)
{
    /// <summary>The peer that stands for all beyond <see cref="SenderLedgerOptions.MaxPeers"/>.</summary>
    public const string Other = "other";

    public PeerTally Plus(PeerTally other) => new(
        Peer,
        other.Last >= Last ? other.Facts : Facts,
        First < other.First ? First : other.First,
        Last > other.Last ? Last : other.Last,
        Deliveries + other.Deliveries,
        Alerts + other.Alerts,
        Rejected + other.Rejected,
        Truncated + other.Truncated,
        Duplicates + other.Duplicates);
}
