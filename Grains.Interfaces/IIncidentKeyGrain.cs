using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Incidents.Grains.Interfaces;

/// <summary>Owns every incident of one key; its string key is the <see cref="IncidentKey"/>.</summary>
/// <remarks>A call in flight to a silo that dies gets no error, only its timeout (Orleans 10.4.2). 4 s: should the next
/// call be lost as well, the flow still goes on within 10 s, and a webhook's 25 s are room for six.</remarks>
[GrainInterfaceType("incident-key"), Alias("incident-key-grain")]
public interface IIncidentKeyGrain : IGrainWithStringKey
{
    /// <summary>Stores the alerts and answers after the commit. A timeout leaves the outcome unknown: repeat the call
    /// with the same delivery id and a higher attempt.</summary>
    [Alias("observe"), ResponseTimeout("00:00:04")]
    Task<ObserveResult> Observe(AlertBatch batch);

    /// <summary>As <see cref="Observe"/>, for deliveries that waited in a WebFront's journal: each is looked up, and those
    /// that are not stored are, in this order.</summary>
    /// <param name="batches">At most some hundred, of some MiB in all.</param>
    /// <returns>By place. After the first that is not done the others may still be.</returns>
    [Alias("replay"), ResponseTimeout("00:00:15")]
    Task<ImmutableArray<ObserveResult>> Replay(ImmutableArray<AlertBatch> batches);

    /// <summary>Carries out a person's command, or refuses it with the current state.</summary>
    [Alias("command"), ResponseTimeout("00:00:04")]
    Task<CommandResult> Command(IncidentCommand command);

    /// <summary>Looks whether time alone changes the open incident (stale, test over).</summary>
    [Alias("review"), ResponseTimeout("00:00:30")]
    Task Review();

    /// <summary>What is in the grain's memory, for the dashboard, which calls the method of this name. Null when it has
    /// loaded nothing: a look loads nothing, and changes nothing.</summary>
    [Alias("get-state"), AlwaysInterleave]
    Task<KeyView?> GetState();
}
