using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Domain;

/// <summary>All that the rules know of a key: its latest incident, open or closed.</summary>
/// <param name="Version">The fence: what the key's row must still say when this state is written upon.</param>
internal sealed record KeyState(IncidentKey Key, ulong Version, Episode? Last)
{
    public Episode? Open => Last is { IsOpen: true } ? Last : null;
}
