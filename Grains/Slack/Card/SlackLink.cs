using System.Buffers;
using System.Text;

namespace Incidents.Grains.Slack.Card;

/// <summary>A link that a sender gave, under a word of ours.</summary>
internal static class SlackLink
{
    /// <summary>As sent; a silence's address has all labels in it. A longer one is left out: cut, it would lead elsewhere.</summary>
    private const int Longest = 1_000;

    /// <summary>What RFC 3986 lets an address consist of, but for <c>*</c>. Not <c>| &lt; &gt;</c> and space, which end it in mrkdwn.</summary>
    private static readonly SearchValues<char> Sound = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()+,;=%");

    /// <returns>Null when it is no address for a browser, or too long.</returns>
    public static string? Of(string? address, string label)
    {
        if (address is not { Length: <= Longest }
            || !Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.UserInfo.Length > 0 // https://grafana.example.com@evil.example leads to evil.example
            || !Ascii.IsValid(uri.Host))
        {
            return null;
        }

        var url = Encoded(uri.AbsoluteUri);
        return url.Length <= Longest ? $"<{url}|{label}>" : null;
    }

    private static string Encoded(string address)
    {
        var url = new StringBuilder(address.Length);
        foreach (var rune in address.EnumerateRunes())
        {
            var isSound = rune.IsAscii && Sound.Contains((char)rune.Value);
            url.Append(rune.Value == '&' ? "&amp;" : isSound ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        }

        return url.ToString();
    }
}
