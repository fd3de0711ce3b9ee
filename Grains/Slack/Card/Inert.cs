using System.Globalization;
using System.Text;

namespace Incidents.Grains.Slack.Card;

/// <summary>
/// The one way by which text of others gets into a message, so that it is shown and does nothing:
/// <list type="number">
/// <item>what cannot be seen goes (<see cref="Visible"/>);</item>
/// <item><c>&amp; &lt; &gt;</c> are escaped, so there is no mention, link or date;</item>
/// <item>characters of markup, which Slack has no escape for, give way to ones that look alike. A zero-width space beside
/// them would keep them, but how Slack reads it is nowhere written;</item>
/// <item>bare addresses and names stay as they are in blocks, where <c>verbatim</c> says so and people copy them; a
/// message's own text has no such switch, so there they are broken up (<see cref="Unlinked"/>).</item>
/// </list>
/// Escaped first, measured then, cut between characters as a reader sees them.
/// </summary>
internal static class Inert
{
    private const string Ellipsis = "…";
    private const char ZeroWidthSpace = '\u200B';
    private const int LongestEmojiName = 100;

    public static string Line(string text, int most) => Of(Visible.Line(text), most, breaksLinks: false);

    public static string Lines(string text, int most) => Of(Visible.Lines(text), most, breaksLinks: false);

    /// <summary>One line for where there is no <c>verbatim</c>.</summary>
    public static string Unlinked(string text, int most) => Of(Visible.Line(text), most, breaksLinks: true);

    private static string Of(string text, int most, bool breaksLinks)
    {
        var inert = new StringBuilder();
        var (whole, emojiEnd) = (0, -1); // up to `whole` there is room for the ellipsis
        foreach (var cluster in Visible.Clusters(text))
        {
            var (start, length) = cluster.GetOffsetAndLength(text.Length);
            for (var at = start; at < start + length; at++)
            {
                if (text[at] == ':' && EmojiEnd(text, at, emojiEnd) is { } end)
                {
                    inert.Append('∶');
                    emojiEnd = end;
                }
                else
                {
                    Append(inert, text, at);
                }

                if (breaksLinks && IsLinkJoint(text, at))
                {
                    inert.Append(ZeroWidthSpace);
                }
            }

            if (inert.Length > most)
            {
                return inert.ToString(0, whole) + Ellipsis;
            }

            whole = inert.Length < most ? inert.Length : whole;
        }

        return inert.ToString();
    }

    private static StringBuilder Append(StringBuilder inert, string text, int at) => text[at] switch
    {
        '&' => inert.Append("&amp;"),
        '<' => inert.Append("&lt;"),
        '>' when at == 0 || text[at - 1] == '\n' => inert.Append('›'), // Slack reads an escaped one as a quote too
        '>' => inert.Append("&gt;"),
        '*' => inert.Append('∗'),
        '~' => inert.Append('∼'),
        '`' => inert.Append('\''),
        '_' when !IsInWord(text, at) => inert.Append('＿'),
        '@' when !IsInWord(text, at) => inert.Append('＠'),
        '#' when !IsInWord(text, at) => inert.Append('＃'),
        var other => inert.Append(other),
    };

    /// <summary>There they mean nothing to Slack, and a metric's name can be copied.</summary>
    private static bool IsInWord(string text, int at) => IsWord(text, at - 1) && IsWord(text, at + 1);

    private static bool IsWord(string text, int at) => at >= 0 && at < text.Length && char.IsAsciiLetterOrDigit(text[at]);

    /// <summary>Where the <c>:emoji:</c> that begins here ends. <c>job:up:sum</c> and <c>12:30:45</c> are none.</summary>
    private static int? EmojiEnd(string text, int at, int lastEnd)
    {
        if (at != lastEnd && IsWord(text, at - 1))
        {
            return null;
        }

        var end = at + 1;
        while (end < text.Length && end - at <= LongestEmojiName && IsOfEmojiName(text[end]))
        {
            end++;
        }

        return end > at + 1 && end < text.Length && text[end] == ':' ? end : at == lastEnd ? -1 : null;
    }

    /// <summary>In any script, accents too: what else a name may have is nowhere written.</summary>
    private static bool IsOfEmojiName(char letter) => letter is '-' or '+' || char.IsLetterOrDigit(letter) || char.GetUnicodeCategory(letter)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation;

    /// <summary>Slack looks for <c>://</c>, for names with dots, and for what follows an <c>@</c> or <c>#</c>.</summary>
    private static bool IsLinkJoint(string text, int at) => text[at] switch
    {
        '.' => at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]),
        ':' => at + 1 < text.Length && text[at + 1] == '/',
        '@' or '#' => true,
        _ => false,
    };
}
