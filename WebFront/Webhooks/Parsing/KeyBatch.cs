using System.Collections.Immutable;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>The alerts of one incident key while a delivery is read.</summary>
internal sealed class KeyBatch(IncidentKey key, KeyParts parts)
{
    private const int MaxPart = 255;

    private readonly List<Alert> _firing = [];
    private readonly List<Alert> _resolved = [];

    public IncidentKey Key { get; } = key;

    /// <summary>For people: the key was made from the whole texts.</summary>
    public KeyParts Parts { get; } = new(
        CleanText.Cut(parts.RuleUid, MaxPart),
        CleanText.Cut(parts.Cluster, MaxPart),
        CleanText.Cut(parts.Namespace, MaxPart),
        CleanText.Cut(parts.Service, MaxPart),
        CleanText.Cut(parts.Phase, MaxPart));

    public void Add(Alert alert) => (alert.State == AlertState.Firing ? _firing : _resolved).Add(alert);

    /// <summary>Firing ones first, else in the body's order, so that one delivery never closes an incident and opens
    /// the next.</summary>
    public ImmutableArray<Alert> Alerts(Alert first, Envelope? firstEnvelope) =>
        [.. _firing.Concat(_resolved).Select(a => ReferenceEquals(a, first) ? a with { OwnEnvelope = firstEnvelope } : a)];
}
