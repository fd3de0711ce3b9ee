using System.Globalization;
using Incidents.Grains.Interfaces;
using Incidents.WebFront.Queries;
using Incidents.WebFront.Slack;

namespace Incidents.WebFront.Pages;

/// <summary>Reads an incident with all that belongs to it.</summary>
internal sealed class IncidentReader(
    IncidentQueries incidents, TimelineQueries timeline, AlertQueries alerts, LatestQueries latest, SlackStanding slack)
{
    private const int Entries = 100;
    private const int AlertsAPage = 20;
    private const int FewSeries = 50;
    private const int Changes = 20;

    /// <returns>Null when there is no such incident.</returns>
    public async Task<WholeIncident?> Read(IncidentId id, IQueryCollection query, CancellationToken cancel)
    {
        if (await incidents.Find(id, cancel) is not { } row)
        {
            return null;
        }

        var asked = SlackDelayOf(row.Slack);
        var entries = await timeline.Newest(id, Before(query["timeline"], TimelineQueries.Signature(id)), Entries, cancel);
        var page = await alerts.OfAnIncident(id, Before(query["alerts"], AlertQueries.Signature(id)), AlertsAPage, raw: false, cancel);
        var newest = (await alerts.OfAnIncident(id, null, 1, raw: true, cancel)).Rows is [var first] ? first : null;
        var before = await latest.Before(id, Earlier.MostRead, cancel);
        var newer = (await latest.Of([id.Key], cancel)).GetValueOrDefault(id.Key.Value);
        var series = (row.Instances ?? []).OrderBy(static one => one.State != "firing").ThenBy(static one => one.StartsAt).ToList();
        return new()
        {
            Row = row,
            Series = query["series"] == "all" ? series : [.. series.Take(FewSeries)],
            SeriesCount = series.Count,
            Timeline = entries.Rows,
            OlderEntries = entries.Next,
            Alerts = page.Rows,
            OlderAlerts = page.Next,
            NewestAlert = newest,
            Links = newest?.RawPayload is { } payload ? AlertLinks.Of(payload) : [],
            Earlier = Earlier.Of(row.FirstSeenAt, before),
            Newer = newer is not null && string.CompareOrdinal(newer.IncidentId, id.Value) > 0 ? newer : null,
            SlackDelay = await asked,
        };
    }

    /// <summary>What was done to an incident after it had a revision, the newest first.</summary>
    public async Task<IReadOnlyList<TimelineRow>> Since(IncidentId id, int revision, CancellationToken cancel) =>
        [.. (await timeline.Newest(id, null, Changes, cancel)).Rows.Where(entry => entry.Revision > revision)];

    /// <summary>Worth a question only while something waits.</summary>
    private async Task<SlackDelay?> SlackDelayOf(CardRow? card)
    {
        if (card?.PendingSince is null || await slack.Workspace() is not { } workspace)
        {
            return null;
        }

        return (await slack.Channels(workspace)).FirstOrDefault(channel => channel.Channel == card.Channel)?.Delay;
    }

    /// <summary>A cursor that is none leads to the beginning.</summary>
    private static long? Before(string? cursor, string signature) =>
        cursor is { Length: > 0 } && Cursor.TryRead(cursor, signature, 1, out var values)
            && long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null;
}
