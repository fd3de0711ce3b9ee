using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.MySql;

/// <summary>What a grain must know before it decides.</summary>
/// <param name="State">Whether the key's state is wanted, or known already.</param>
/// <param name="Suspects">Alerts that may be stored already.</param>
/// <param name="Commands">Commands that may have been carried out already.</param>
/// <param name="Named">Incidents that these name, beside the key's latest.</param>
internal sealed record LoadRequest(
    IncidentKey Key,
    bool State,
    IReadOnlyList<(Guid DeliveryId, int Position)> Suspects,
    IReadOnlyList<Guid> Commands,
    IReadOnlyList<IncidentId> Named)
{
    private readonly TaskCompletionSource<Loaded?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Null when the database does not answer.</summary>
    public Task<Loaded?> Answer => _answer.Task;

    public void Complete(Loaded? loaded) => _answer.TrySetResult(loaded);
}

/// <param name="State">Null when it was not asked for.</param>
/// <param name="Stored">Alerts of the suspects that are stored.</param>
/// <param name="Done">Commands that were carried out, with the incident they were meant for.</param>
/// <param name="Named">Those that there are, without their instances.</param>
internal sealed record Loaded(
    KeyState? State,
    IReadOnlyDictionary<(Guid DeliveryId, int Position), StoredBefore> Stored,
    IReadOnlyDictionary<Guid, DoneBefore> Done,
    IReadOnlyDictionary<IncidentId, Episode> Named);

/// <summary>An alert that an earlier attempt stored.</summary>
internal sealed record StoredBefore(IncidentId IncidentId, IncidentStatus Status, long AlertCount);

/// <summary>A command that an earlier attempt carried out: what it made of the incident then.</summary>
/// <param name="Detail">A JSON object, or null.</param>
internal sealed record DoneBefore(IncidentId IncidentId, int Revision, TimelineKind Kind, string? Actor, string? Detail);
