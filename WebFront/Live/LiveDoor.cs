using System.Globalization;
using System.Text;
using Incidents.WebFront.Api;
using Incidents.WebFront.Queries;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Live;

/// <summary>Lets a viewer in: first where it goes on from is marked, then what it missed is read, so nothing falls between.</summary>
internal sealed class LiveDoor(LiveLog log, LiveReads reads, LivePainter painter, LiveStream stream, LiveInstruments instruments, IOptions<LiveOptions> options)
{
    private const int RetryAfterAtLeast = 1_000;
    private const int RetryAfterAtMost = 3_000;

    /// <param name="since">The viewer knows all until then; null: it does not ask.</param>
    public async Task<IResult> Open(HttpContext http, LiveFilter filter, LiveFormat format, DateTimeOffset? since)
    {
        if (!instruments.TryEnter(options.Value.MaxViewers))
        {
            return Problems.Unavailable(http.Response, "Too many watch already (Live:MaxViewers).");
        }

        try
        {
            return await Reading.Answer(http, async cancel =>
            {
                var from = since is { } known ? log.From(known) : log.Latest;
                var cursor = from ?? log.Latest;
                var first = new StringBuilder().Append(CultureInfo.InvariantCulture, $"retry: {Random.Shared.Next(RetryAfterAtLeast, RetryAfterAtMost)}\n\n");
                if (filter.Only is { } incident)
                {
                    await Append(first, filter, format, null, await reads.Of(incident, cancel)); // one: no need to know since when
                }
                else if (from is null)
                {
                    await AppendMissed(first, filter, format, since!.Value, cancel);
                }

                await stream.Write(http, filter, format, cursor, Encoding.UTF8.GetBytes(first.ToString()));
                return Results.Empty;
            });
        }
        finally
        {
            instruments.OnLeft();
        }
    }

    private async Task AppendMissed(StringBuilder text, LiveFilter filter, LiveFormat format, DateTimeOffset since, CancellationToken cancel)
    {
        var (rows, areAll) = await reads.Since(since - LiveLog.Overlap, cancel);
        instruments.OnReread("viewer");
        if (!areAll)
        {
            LiveText.Event(text, LiveText.Reload, null, "{}");
            return;
        }

        await Append(text, filter, format, since, rows);
    }

    private async Task Append(StringBuilder text, LiveFilter filter, LiveFormat format, DateTimeOffset? known, IReadOnlyList<IncidentRow> rows)
    {
        foreach (var row in rows)
        {
            switch (filter.Fits(row))
            {
                case LiveFit.Shown:
                    LiveText.Event(text, format.Event, known, await painter.Paint(row, format));
                    break;
                case LiveFit.Gone:
                    LiveText.Event(text, LiveText.Gone, known, LivePainter.Mark(row));
                    break;
                case LiveFit.Never:
                    break;
            }
        }
    }
}
