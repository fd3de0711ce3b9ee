using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>All that the rules know of a key: its latest incident, open or closed.</summary>
/// <param name="Version">The fence: what the key's row must still say when this state is written upon.</param>
internal sealed record KeyState(IncidentKey Key, ulong Version, Episode? Last)
{
    public Episode? Open => Last is { IsOpen: true } ? Last : null;

    /// <param name="alertsWaiting">At its grain, not decided on yet.</param>
    public KeyView View(int alertsWaiting) => new()
    {
        Key = Key.Value,
        Version = Version,
        AlertsWaiting = alertsWaiting,
        Incident = Last?.Id.Value,
        Status = Last?.Status.Snake(),
        Severity = Last?.Severity,
        PeakSeverity = Last?.PeakSeverity,
        IsTest = Last?.IsTest ?? false,
        FirstSeenAt = Last?.FirstSeenAt,
        LastSeenAt = Last?.LastSeenAt,
        AlertsReceived = Last?.AlertsReceived ?? 0,
        Series = Last?.Instances.Count ?? 0,
        SeriesFiring = Last?.FiringCount ?? 0,
        Revision = Last?.Revision ?? 0,
    };
}
