using Incidents.Grains.Interfaces;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Spool;

/// <summary>A delivery as it waits: all that is needed to do the same again.</summary>
/// <param name="Waiting">The keys whose alerts are not known to be stored.</param>
/// <param name="Done">The keys whose alerts are stored. With the others they say how keys were made: settings may
/// decide otherwise by the time it is replayed.</param>
internal sealed record JournalEntry(Arrival Arrival, byte[] Body, IReadOnlyList<IncidentKey> Waiting, IReadOnlyList<IncidentKey> Done)
{
    /// <summary>About what it takes on disk and, of its keys, in memory.</summary>
    public long Bytes => Body.Length + 300 + (120L * Waiting.Count) + (16L * Done.Count);

    public static JournalEntry Of(Delivery delivery, IReadOnlyCollection<KeyedBatch> undone)
    {
        var waiting = undone.Select(static batch => batch.Key).ToHashSet();
        return new(
            delivery.Arrival,
            delivery.Body,
            [.. waiting],
            [.. delivery.Batches.Select(static batch => batch.Key).Where(key => !waiting.Contains(key))]);
    }
}

/// <summary>One that was read back.</summary>
/// <param name="Seq">Its place in the order of arrival.</param>
internal sealed record JournalRow(long Seq, JournalEntry Entry);

/// <summary>Some that were read.</summary>
/// <param name="Last">The place of the last that was looked at; with no rows there is nothing after it.</param>
/// <param name="Unreadable">The places of those that are damaged.</param>
internal sealed record JournalWindow(List<JournalRow> Rows, long Last, List<long> Unreadable);

/// <summary>What became of one that was read.</summary>
/// <param name="Left">It with the keys that still wait; null when none do: then it is removed.</param>
/// <param name="Stuck">Why it is not tried again for some time; null: it is.</param>
internal sealed record JournalProgress(JournalRow Row, JournalEntry? Left, string? Stuck = null);
