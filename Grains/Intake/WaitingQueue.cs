using Incidents.Grains.Domain;
using Incidents.Grains.Interfaces;

namespace Incidents.Grains.Intake;

/// <summary>What waits at one key. Bounded; the same delivery is never in it twice.</summary>
internal sealed class WaitingQueue(IntakeOptions options)
{
    private readonly LinkedList<Waiting> _line = [];
    private readonly Dictionary<Guid, WaitingDelivery> _deliveries = [];
    private int _alerts;
    private long _bytes;

    public bool IsEmpty => _line.Count == 0;

    /// <summary>Of the deliveries in it.</summary>
    public int Alerts => _alerts;

    /// <returns>Null when the queue is full.</returns>
    public WaitingDelivery? Join(AlertBatch batch)
    {
        if (_deliveries.TryGetValue(batch.DeliveryId, out var first))
        {
            first.JoinedUntil(batch.Deadline);
            return first;
        }

        var delivery = new WaitingDelivery(batch) { IsSuspect = batch.Attempt > 1 };
        var full = _alerts + batch.Alerts.Length > options.MaxWaitingAlerts || _bytes + delivery.Bytes > options.MaxWaitingBytes;
        if (_line.Count > 0 && full)
        {
            return null;
        }

        _deliveries.Add(batch.DeliveryId, delivery);
        _alerts += batch.Alerts.Length;
        _bytes += delivery.Bytes;
        _line.AddLast(delivery);
        return delivery;
    }

    public bool TryAdd(Waiting item)
    {
        var room = _line.Count - _deliveries.Count < options.MaxWaitingCommands;
        if (room)
        {
            _line.AddLast(item);
        }

        return room;
    }

    /// <summary>Drops and answers what is past its deadline, unless some of it is stored already.</summary>
    /// <returns>How many.</returns>
    public int DropExpired(DateTimeOffset now)
    {
        var dropped = 0;
        for (var node = _line.First; node is not null;)
        {
            var (next, item) = (node.Next, node.Value);
            if (item.Deadline <= now && !item.IsBegun)
            {
                Remove(node);
                item.Expire();
                dropped++;
            }

            node = next;
        }

        return dropped;
    }

    /// <summary>The next in line, up to a number of entries and about so many bytes; at least one. It stays in line
    /// until it is settled.</summary>
    public Portion Take(int most, long mostBytes)
    {
        var entries = new List<Entry>();
        foreach (var item in _line)
        {
            if (item is not WaitingDelivery)
            {
                mostBytes -= (item as WaitingCommand)?.Bytes ?? 0;
                if (mostBytes < 0 && entries.Count > 0)
                {
                    return new(entries);
                }

                entries.Add(new(item, null));
            }

            for (var i = 0; item is WaitingDelivery d && i < d.Left && entries.Count < most; i++)
            {
                var alert = d.Batch.Alerts[d.Settled + i];
                mostBytes -= StoredAlert.SizeOf(d.Batch, alert);
                if (mostBytes < 0 && entries.Count > 0)
                {
                    return new(entries);
                }

                entries.Add(new(item, alert));
            }

            if (entries.Count >= most)
            {
                break;
            }
        }

        return new(entries);
    }

    /// <summary>Forgets what is settled.</summary>
    public void Settled(Portion portion)
    {
        // A portion is always taken from the head, and only its last delivery can be half done.
        foreach (var item in portion.Items)
        {
            if (item is not WaitingDelivery { Left: > 0 } && _line.First is { } head && head.Value == item)
            {
                Remove(head);
            }
        }
    }

    private void Remove(LinkedListNode<Waiting> node)
    {
        _line.Remove(node);
        if (node.Value is WaitingDelivery delivery)
        {
            _deliveries.Remove(delivery.Batch.DeliveryId);
            _alerts -= delivery.Batch.Alerts.Length;
            _bytes -= delivery.Bytes;
        }
    }
}

/// <summary>One alert of a delivery, or (without alert) a command or review as a whole.</summary>
internal readonly record struct Entry(Waiting Item, Alert? Alert);

/// <summary>What is decided on as a whole and written at once.</summary>
internal sealed record Portion(IReadOnlyList<Entry> Entries)
{
    public IEnumerable<Waiting> Items => Entries.Select(static entry => entry.Item).Distinct();

    public IReadOnlyList<(Guid DeliveryId, int Position)> Suspects =>
    [
        .. Entries.Where(static entry => entry.Item is WaitingDelivery { IsSuspect: true })
            .Select(static entry => (((WaitingDelivery)entry.Item).Batch.DeliveryId, entry.Alert!.Position)),
    ];

    public IReadOnlyList<Guid> Commands =>
        [.. Items.OfType<WaitingCommand>().Select(static item => item.Command.CommandId)];

    /// <summary>The incidents of that key that commands name, but for the latest one if that is known.</summary>
    public IReadOnlyList<IncidentId> Named(IncidentKey key, IncidentId? latest) =>
    [
        .. Items.OfType<WaitingCommand>().Select(static item => item.Command.IncidentId)
            .Where(id => id.Key == key && id != latest).Distinct(),
    ];

    /// <summary>After a write that is lost or of unknown outcome.</summary>
    public void MakeSuspect()
    {
        foreach (var item in Items)
        {
            item.IsSuspect = true;
        }
    }
}
