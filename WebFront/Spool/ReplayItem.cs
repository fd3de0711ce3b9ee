using System.Collections.Concurrent;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Spool;

/// <summary>A delivery out of the journal while it is replayed.</summary>
/// <param name="Delivery">Read again; null when it no longer can be.</param>
internal sealed record ReplayItem(JournalRow Row, Delivery? Delivery, string? Unreadable)
{
    private readonly ConcurrentDictionary<IncidentKey, ObserveResult> _done = [];

    /// <summary>Why it is not to be tried again before the next start.</summary>
    public string? Stuck { get; set; } = Unreadable;

    /// <summary>What is not known to be stored, as keys are made now.</summary>
    public IReadOnlyList<KeyedBatch> Left { get; } = Delivery is null
        ? []
        : [.. Delivery.Batches.ExceptBy(Row.Entry.Done, static batch => batch.Key)];

    public bool IsFinished => Stuck is null && _done.Count == Left.Count;

    /// <summary>Alerts that the database refused just now.</summary>
    public IReadOnlyList<RejectedAlert> Unstorable =>
    [
        .. _done.Values.SelectMany(static result => result.Alerts)
            .Where(static alert => alert.Fate == AlertFate.Unstorable)
            .Select(alert => new RejectedAlert(alert.Position, RejectReason.Unstorable, Delivery!.Ranges[alert.Position])),
    ];

    public void OnDone(IncidentKey key, ObserveResult result) => _done[key] = result;

    /// <summary>Null when nothing became of it.</summary>
    public JournalProgress? Progress()
    {
        if (Stuck is not null)
        {
            return new(Row, Row.Entry, Stuck);
        }

        return (IsFinished, _done.IsEmpty) switch
        {
            (true, _) => new(Row, null),
            (_, true) => null,
            _ => new(Row, Row.Entry with
            {
                Waiting = [.. Left.Select(static batch => batch.Key).Where(key => !_done.ContainsKey(key))],
                Done = [.. Row.Entry.Done, .. _done.Keys],
            }),
        };
    }
}

/// <summary>What waits at one key, in the order in which it came.</summary>
internal sealed record ReplayChain(IncidentKey Key, IReadOnlyList<(ReplayItem Item, AlertBatch Batch)> Links)
{
    /// <param name="blocked">Keys that could not be stored in this pass: what follows at them waits too.</param>
    public static IReadOnlyList<ReplayChain> Of(IReadOnlyList<ReplayItem> items, IReadOnlySet<IncidentKey> blocked) =>
    [
        .. from item in items
           from batch in item.Left
           where !blocked.Contains(batch.Key)
           group (item, batch.Batch) by batch.Key into links
           select new ReplayChain(links.Key, [.. links]),
    ];
}
