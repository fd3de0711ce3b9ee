using System.Text.RegularExpressions;

namespace Incidents.Grains.Slack;

/// <summary>What may be shown and logged of an error: one short line without addresses and tokens, since the address of
/// an incoming webhook is a secret too.</summary>
internal static partial class SlackErrorText
{
    private const int Longest = 200;

    public static string Of(string text)
    {
        var line = Token().Replace(Address().Replace(Space().Replace(text, " "), "(address)"), "(token)").Trim();
        return line.Length <= Longest ? line : string.Concat(line.AsSpan(0, Longest - 1), "…");
    }

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Space();

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9+.-]*://\S*|\bhooks\.slack\S*|/services/\S*")]
    private static partial Regex Address();

    [GeneratedRegex(@"\bx(ox[a-z]|app)-\S*|\bBearer\s+\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Token();
}
