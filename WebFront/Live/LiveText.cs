using System.Globalization;
using System.Text;

namespace Incidents.WebFront.Live;

/// <summary>Server-sent events, as text.</summary>
internal static class LiveText
{
    /// <summary>It no longer matches the filter, or never did.</summary>
    public const string Gone = "gone";

    /// <summary>All is well.</summary>
    public const string Ping = "ping";

    /// <summary>More changed than is sent: read everything anew.</summary>
    public const string Reload = "reload";

    /// <summary>For who reads on: nothing is known at present.</summary>
    public const string Waiting = "event: waiting\ndata: {}\n\n";

    private const int MaxToken = 16;

    /// <param name="known">A reader that has this one knows all until then: what it says when it comes back.</param>
    public static void Event(StringBuilder text, string name, DateTimeOffset? known, string data)
    {
        text.Append("event: ").Append(name).Append('\n');
        if (known is { } until)
        {
            text.Append("id: ").Append(Token(until)).Append('\n');
        }

        foreach (var line in data.AsSpan().EnumerateLines())
        {
            text.Append("data: ").Append(line).Append('\n');
        }

        text.Append('\n');
    }

    /// <summary>Microseconds of the Unix epoch.</summary>
    public static string Token(DateTimeOffset at) => Microseconds(at).ToString(CultureInfo.InvariantCulture);

    public static DateTimeOffset? ReadToken(string text) =>
        text.Length <= MaxToken && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            ? DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            : null;

    private static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
