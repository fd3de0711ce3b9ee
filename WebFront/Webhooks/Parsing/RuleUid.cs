using System.Net;

namespace Incidents.WebFront.Webhooks.Parsing;

/// <summary>
/// Which rule an alert comes from. Grafana says it in <c>ruleUID</c> since 12.4 only; before that it stands in the
/// links of each alert (grafana/alerting <c>templates/template_data.go</c>).
/// </summary>
internal static class RuleUid
{
    private const string MatcherParameter = "matcher=";
    private const string UidMatcher = "__alert_rule_uid__=";

    /// <summary>From a silence link: the query's <c>matcher=__alert_rule_uid__%3D&lt;uid&gt;</c>.</summary>
    public static string? FromSilenceUrl(string url)
    {
        var query = Before(url, '#').AsSpan();
        query = query[(query.IndexOf('?') + 1)..];
        foreach (var range in query.Split('&'))
        {
            var parameter = query[range];
            if (parameter.StartsWith(MatcherParameter, StringComparison.Ordinal))
            {
                var matcher = WebUtility.UrlDecode(parameter[MatcherParameter.Length..].ToString());
                if (matcher.StartsWith(UidMatcher, StringComparison.Ordinal) && matcher.Length > UidMatcher.Length)
                {
                    return CleanText.Strip(matcher[UidMatcher.Length..]);
                }
            }
        }

        return null;
    }

    /// <summary>From a rule link: <c>…/alerting/grafana/&lt;uid&gt;/view</c> (or <c>edit</c>), Grafana 8
    /// <c>…/alerting/&lt;uid&gt;/edit</c>; Grafana may be served under a sub-path.</summary>
    public static string? FromGeneratorUrl(string url) => Path(url).TrimEnd('/').Split('/') switch
    {
        [.., "alerting", "grafana", { Length: > 0 } uid, "view" or "edit"] => Decode(uid),
        [.., "alerting", { Length: > 0 } uid, "edit"] => Decode(uid),
        _ => null,
    };

    private static string Decode(string uid) => CleanText.Strip(Uri.UnescapeDataString(uid));

    private static string Path(string url)
    {
        var path = Before(Before(url, '#'), '?');
        if (path.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0)
        {
            var host = scheme + 3;
            return path.IndexOf('/', host) is var start and >= 0 ? path[start..] : string.Empty;
        }

        return path;
    }

    private static string Before(string text, char end) =>
        text.IndexOf(end, StringComparison.Ordinal) is var at and >= 0 ? text[..at] : text;
}
