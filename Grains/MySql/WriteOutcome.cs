using System.Collections.Frozen;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.MySql;

/// <summary>What became of one key's write.</summary>
/// <param name="Counts">After a commit: rows per incident, of the whole packet.</param>
/// <param name="Error">When unstorable: what the server said.</param>
internal sealed record WriteOutcome(WriteStatus Status, IReadOnlyDictionary<IncidentId, long> Counts, string? Error)
{
    public static WriteOutcome Committed(IReadOnlyDictionary<IncidentId, long> counts) =>
        new(WriteStatus.Committed, counts, null);

    public static WriteOutcome Failed(WriteStatus status, string? error = null) =>
        new(status, FrozenDictionary<IncidentId, long>.Empty, error);
}

internal enum WriteStatus
{
    Committed = 1,

    /// <summary>Somebody else wrote the key: reload and decide again.</summary>
    Lost = 2,

    /// <summary>Somebody holds the key's row: try again in a moment. Nothing was written.</summary>
    Busy = 3,

    /// <summary>An alert of it is stored already: look its deliveries up, reload and decide again.</summary>
    AlreadyStored = 4,

    /// <summary>The server refuses something in it. Nothing was written.</summary>
    Unstorable = 5,

    /// <summary>The answer was lost: it may be committed. Reload, and look its deliveries up.</summary>
    Unknown = 6,
}
