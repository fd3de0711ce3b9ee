using System.Collections.Concurrent;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Spool;

/// <summary>A delivery out of the journal while it is replayed.</summary>
/// <param name="delivery">Read again; null when it no longer can be.</param>
/// <param name="unreadable">Why it cannot.</param>
internal sealed class ReplayItem(JournalRow row, Delivery? delivery, string? unreadable)
{
    private readonly ConcurrentDictionary<IncidentKey, ObserveResult> _done = [];

    public JournalRow Row => row;

    public Delivery? Delivery => delivery;

    /// <summary>Why it is not to be tried again for some time.</summary>
    public string? Stuck { get; set; } = unreadable;

    /// <summary>What is not known to be stored. Are keys made otherwise by now, because settings changed, that is all: what
    /// is stored is found by its place in the delivery.</summary>
    public IReadOnlyList<KeyedBatch> Left { get; } = delivery is null
        ? []
        : row.Entry.Waiting.Concat(row.Entry.Done).ToHashSet().SetEquals(delivery.Batches.Select(static batch => batch.Key))
            ? [.. delivery.Batches.ExceptBy(row.Entry.Done, static batch => batch.Key)]
            : delivery.Batches;

    public bool IsFinished => Stuck is null && _done.Count == Left.Count;

    /// <summary>Alerts that the database refused just now.</summary>
    public IReadOnlyList<RejectedAlert> Unstorable =>
    [
        .. _done.Values.SelectMany(static result => result.Alerts)
            .Where(static alert => alert.Fate == AlertFate.Unstorable)
            .Select(alert => new RejectedAlert(alert.Position, RejectReason.Unstorable, delivery!.Ranges[alert.Position])),
    ];

    public void OnDone(IncidentKey key, ObserveResult result) => _done[key] = result;

    /// <summary>Null when nothing became of it.</summary>
    public JournalProgress? Progress()
    {
        if (Stuck is not null)
        {
            return new(row, row.Entry, Stuck);
        }

        if (IsFinished || _done.IsEmpty)
        {
            return IsFinished ? new(row, null) : null;
        }

        var waiting = Left.Select(static batch => batch.Key).Where(key => !_done.ContainsKey(key)).ToHashSet();
        var done = delivery!.Batches.Select(static batch => batch.Key).Where(key => !waiting.Contains(key));
        return new(row, row.Entry with { Waiting = [.. waiting], Done = [.. done] });
    }
}

/// <summary>What waits at one key, in the order of arrival: who gave up later may have come first.</summary>
internal sealed record ReplayChain(IncidentKey Key, IReadOnlyList<(ReplayItem Item, AlertBatch Batch)> Links)
{
    /// <param name="blocked">Keys that could not be stored in this pass: what follows at them waits too.</param>
    public static IReadOnlyList<ReplayChain> Of(IReadOnlyList<ReplayItem> items, IReadOnlySet<IncidentKey> blocked) =>
    [
        .. from item in items
           orderby item.Row.Entry.Arrival.At, item.Row.Seq
           from batch in item.Left
           where !blocked.Contains(batch.Key)
           group (item, batch.Batch) by batch.Key into links
           select new ReplayChain(links.Key, [.. links]),
    ];
}
