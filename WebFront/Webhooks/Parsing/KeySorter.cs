using System.Text;
using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>Sorts the sound alerts of one delivery by incident key, in time linear in their number.</summary>
internal sealed class KeySorter
{
    private readonly Dictionary<KeyParts, KeyBatch> _byParts = [];
    private readonly Dictionary<IncidentKey, KeyBatch> _byKey = [];

    /// <summary>In the order in which their keys came.</summary>
    public List<KeyBatch> Batches { get; } = [];

    /// <summary>The alert that stands first in the body.</summary>
    public Alert? First { get; private set; }

    public int Count { get; private set; }

    /// <summary>Bytes of the raw elements, the labels and the annotations.</summary>
    public long Bytes { get; private set; }

    public void Add(Alert alert, KeyParts parts)
    {
        if (!_byParts.TryGetValue(parts, out var batch))
        {
            batch = _byParts[parts] = Batch(parts);
        }

        batch.Add(alert);
        First ??= alert;
        Count++;
        Bytes += alert.Raw.Length + Encoding.UTF8.GetByteCount(alert.Labels) + Encoding.UTF8.GetByteCount(alert.Annotations);
    }

    /// <summary>Two sets of parts can make one key, when a part holds the separator.</summary>
    private KeyBatch Batch(KeyParts parts)
    {
        var key = IncidentKey.Of(parts);
        if (!_byKey.TryGetValue(key, out var batch))
        {
            batch = _byKey[key] = new(key, parts);
            Batches.Add(batch);
        }

        return batch;
    }
}
