using Orleans.Concurrency;

namespace Incidents.Grains.Interfaces;

/// <summary>The one watch of the cluster (key <see cref="Key"/>): a sender that falls silent opens an incident of its
/// own, and one that speaks again resolves it.</summary>
[GrainInterfaceType("sender-watch"), Alias("sender-watch-grain")]
public interface ISenderWatchGrain : IGrainWithStringKey
{
    /// <summary>Begins with a letter outside a-f: the storage provider takes a key of hex digits for a number, and
    /// then <c>dd</c> and <c>00dd</c> share one row.</summary>
    const string Key = "senders";

    /// <summary>Has itself woken every minute from now on, whatever happens to the silo. May be repeated.</summary>
    [Alias("watch"), ResponseTimeout("00:00:30")]
    Task Watch();

    /// <summary>Looks now who is silent, as every minute; returns when the alerts about it are stored, or cannot be
    /// now. May be repeated.</summary>
    [Alias("look"), ResponseTimeout("00:01:00")]
    Task Look();

    /// <summary>What is known as of the last look; changes nothing.</summary>
    [Alias("get-state"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<SenderWatchState> GetState();
}
