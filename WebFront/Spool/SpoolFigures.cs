namespace Incidents.WebFront.Spool;

/// <summary>What waits.</summary>
/// <param name="Deliveries">Those that are stuck included.</param>
/// <param name="Bytes">About what they take.</param>
/// <param name="OldestAt">When the oldest one that is not stuck arrived; null when none waits.</param>
/// <param name="Stuck">Deliveries that could not be replayed for a reason that does not pass by itself. They are tried
/// again every ten minutes.</param>
/// <param name="SetAside">Journals that were damaged or somebody else's, and were moved aside.</param>
/// <param name="IsBroken">The disk took nothing the last time.</param>
internal readonly record struct SpoolFigures(
    int Deliveries, long Bytes, DateTimeOffset? OldestAt, int Stuck, int SetAside, bool IsBroken = false);
