using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Live;

/// <summary>A changed incident. What it looks like is found out once for all viewers who see it alike.</summary>
/// <param name="Number">Of the change among all that this WebFront heard of.</param>
/// <param name="At">When it heard of it.</param>
internal sealed record LiveEntry(long Number, DateTimeOffset At, IncidentRow Row)
{
    private readonly Once<LiveFormat, string> _painted = new();

    public Task<string> Painted(LiveFormat format, LivePainter painter) =>
        _painted.Get(format, () => painter.Paint(Row, format));
}
