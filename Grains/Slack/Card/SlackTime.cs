using System.Globalization;

namespace Incidents.Grains.Slack.Card;

/// <summary>A time that Slack shows in its reader's own zone.</summary>
internal static class SlackTime
{
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string Of(DateTimeOffset time)
    {
        var utc = time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return time > DateTimeOffset.UnixEpoch && time < Latest
            ? string.Create(CultureInfo.InvariantCulture, $"<!date^{time.ToUnixTimeSeconds()}^{{date_short_pretty}} {{time_secs}}|{utc}>")
            : utc;
    }
}
