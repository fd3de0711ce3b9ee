using System.Text;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Live;

/// <summary>What came between two numbers, written down once for all who watch the same in the same form.</summary>
internal sealed class LiveView(long after, long latest, DateTimeOffset soundAt, IReadOnlyList<LiveEntry> entries)
{
    private readonly Once<(string Filter, LiveFormat Format), ReadOnlyMemory<byte>> _texts = new();

    public long After => after;

    public long Latest => latest;

    public IEnumerable<IncidentRow> Rows => entries.Select(static entry => entry.Row);

    public bool IsEmpty => entries.Count == 0;

    public Task<ReadOnlyMemory<byte>> Text(LiveFilter filter, LiveFormat format, LivePainter painter) =>
        _texts.Get((filter.Signature, format), () => Write(filter, format, painter));

    private async Task<ReadOnlyMemory<byte>> Write(LiveFilter filter, LiveFormat format, LivePainter painter)
    {
        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            // Whoever is cut off after this one knows all until then.
            DateTimeOffset? known = soundAt == default ? null : entry.At < soundAt ? entry.At : soundAt;
            switch (filter.Fits(entry.Row))
            {
                case LiveFit.Shown:
                    LiveText.Event(text, format.Event, known, await entry.Painted(format, painter));
                    break;
                case LiveFit.Gone:
                    LiveText.Event(text, LiveText.Gone, known, LivePainter.Mark(entry.Row));
                    break;
                case LiveFit.Never:
                    break;
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
