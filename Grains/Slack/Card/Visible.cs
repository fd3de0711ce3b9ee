using System.Globalization;
using System.Text;

namespace Incidents.Grains.Slack.Card;

/// <summary>Leaves of a text what a reader can see, in the order in which it is stored: nothing that hides, turns text
/// around or piles up on other lines. Whitespace becomes one space.</summary>
internal static class Visible
{
    /// <summary>Vietnamese and Hebrew stack up to four.</summary>
    private const int MostMarks = 4;

    /// <summary>In UTF-16 units; the longest emoji, a couple of two skin tones, has 15.</summary>
    public const int LongestCluster = 32;

    private const int MostLines = 12;
    private const char ZeroWidthNonJoiner = '\u200C';
    private const char ZeroWidthJoiner = '\u200D';

    public static string Line(string text) => Of(text, mostLines: 1);

    /// <summary>Keeps a few line ends.</summary>
    public static string Lines(string text) => Of(text, MostLines);

    /// <summary>What a reader takes for one character each, an absurdly long one cut off.</summary>
    public static IEnumerable<Range> Clusters(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text.AsSpan(start));
            yield return start..(start + (length > LongestCluster ? CutShort(text, start) : length));
            start += length;
        }
    }

    private static int CutShort(string text, int start)
    {
        var kept = LongestCluster;
        while (char.IsHighSurrogate(text[start + kept - 1]) || text[start + kept - 1] == ZeroWidthJoiner)
        {
            kept--;
        }

        return kept;
    }

    private static string Of(string text, int mostLines)
    {
        var seen = new StringBuilder(text.Length);
        var (gap, joiner, before) = ('\0', '\0', default(Rune));
        var (marks, lines) = (MostMarks, 1);
        foreach (var rune in text.EnumerateRunes()) // half a surrogate pair comes as U+FFFD
        {
            switch (Kind(rune))
            {
                case Sight.LineEnd when lines < mostLines:
                    gap = '\n';
                    break;
                case Sight.LineEnd or Sight.Space:
                    gap = gap == '\0' ? ' ' : gap;
                    break;
                case Sight.Hidden:
                    break;
                case Sight.Joiner:
                    joiner = (char)rune.Value;
                    break;
                case Sight.Mark when marks >= MostMarks || gap != '\0':
                    break;
                case Sight.Mark:
                    marks++;
                    Append(rune);
                    break;
                case Sight.Shown:
                    marks = 0;
                    Append(rune);
                    break;
            }
        }

        return seen.ToString();

        void Append(Rune rune)
        {
            if (gap != '\0' && seen.Length > 0)
            {
                seen.Append(gap);
                lines += gap == '\n' ? 1 : 0;
            }
            else if (joiner != '\0' && gap == '\0' && !before.IsAscii && !rune.IsAscii)
            {
                // Emoji and several scripts need it between two characters; between others it only hides.
                seen.Append(joiner);
            }

            seen.Append(rune);
            (gap, joiner, before) = ('\0', '\0', rune);
        }
    }

    private static Sight Kind(Rune rune) => rune.Value switch
    {
        '\n' or '\r' or 0x85 or 0x2028 or 0x2029 => Sight.LineEnd,
        ZeroWidthJoiner or ZeroWidthNonJoiner => Sight.Joiner,
        0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 => Sight.Space, // letters without a shape
        0x2065 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF) => Sight.Hidden, // ignorable, and carriers of hidden bytes
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.SpaceSeparator or UnicodeCategory.Control => Sight.Space,
            UnicodeCategory.Format => Sight.Hidden, // bidi controls, zero-width characters, tags
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark => Sight.Mark,
            _ => Sight.Shown,
        },
    };

    private enum Sight
    {
        Shown = 1,
        Mark,
        Joiner,
        Space,
        LineEnd,
        Hidden,
    }
}
