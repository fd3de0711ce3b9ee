using System.Text.RegularExpressions;

namespace Incidents.Grains.Slack.Card;

/// <summary>
/// A datasource's error names hosts of the inside, and so may the texts that its template made of it. Here they lose every
/// address, host and port, and the names that the error itself calls hosts, wherever these stand. Links stay: they lead to
/// Grafana as for any alert, and there the error can be read.
/// </summary>
internal static partial class Discreet
{
    private const string Host = "[host]";

    /// <summary>A card shows less of a text than this, and matching takes its time.</summary>
    private const int MostRead = 4_000;

    /// <summary>Shorter ones are words rather than names.</summary>
    private const int ShortestName = 3;

    public static CardFacts Of(CardFacts facts)
    {
        if (facts.DatasourceError is not { } error)
        {
            return facts;
        }

        var names = Names(Read(error));
        string Hidden(string text) => Hide(text, names);
        return facts with
        {
            DatasourceError = "",
            Title = Hidden(facts.Title),
            Summary = Hidden(facts.Summary),
            Parts = facts.Parts with
            {
                Cluster = Hidden(facts.Parts.Cluster),
                Namespace = Hidden(facts.Parts.Namespace),
                Service = Hidden(facts.Parts.Service),
                Phase = Hidden(facts.Parts.Phase),
            },
            Values = [.. facts.Values.Select(value => (Hidden(value.Name), value.Value))],
        };
    }

    private static string Read(string text) => Visible.Line(text.Length > MostRead ? text[..MostRead] : text);

    private static string Hide(string text, IReadOnlyList<string> names)
    {
        var hidden = Address().Replace(Read(text), Host);
        foreach (var name in names)
        {
            hidden = Regex.Replace(hidden, $@"(?<![\w-]){Regex.Escape(name)}(?![\w-])", Host, RegexOptions.IgnoreCase);
        }

        return hidden;
    }

    /// <summary>Those that stand alone elsewhere: of <c>http://prometheus-b:9090/api</c>, <c>prometheus-b</c>.</summary>
    private static List<string> Names(string error) =>
    [
        .. NamedHost().Matches(error)
            .Select(static match => match.Groups["name"].Value)
            .Where(static name => name.Length >= ShortestName)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(20),
    ];

    /// <summary>A URL; an IPv6 or IPv4 address; a name with dots, a name with a port; a name made of an address. Not
    /// <c>7.25</c> and <c>12:30</c>.</summary>
    [GeneratedRegex(
        @"(?<![\w+.-])[a-z][a-z0-9+.-]{0,20}://[^\s""'<>]+"
        + @"|\[(?=[0-9a-f]{0,4}:)[0-9a-f:.]{2,45}(%\w{1,20})?\](:\d{1,5})?"
        + @"|(?<![\w:.])(?=[0-9a-f:]{0,40}::|([0-9a-f]{1,4}:){7})[0-9a-f:.]{2,45}(%\w{1,20})?(?![\w:])"
        + @"|(?<![\w.-])\d{1,3}(\.\d{1,3}){3}(:\d{1,5})?(?![\w-])"
        + @"|(?<![\w.-])([a-z0-9_-]{1,63}\.)+[a-z][a-z0-9-]{1,62}(:\d{1,5})?(?![\w-])"
        + @"|(?<![\w.-])(?=\d*[a-z_-])[a-z0-9_-]{1,63}:\d{2,5}(?!\w)"
        + @"|(?<![\w-])ip(-\d{1,3}){4}(?!\w)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Address();

    /// <summary>What stands after <c>://</c>, <c>lookup</c> or <c>host=</c>, or before a port.</summary>
    [GeneratedRegex(
        @"(://([^\s/@""]{1,200}@)?|\blookup |\bhost[ =:]+""?|(?<![\w.-])(?=[a-z0-9_.-]{1,253}:\d{2,5}(?!\w)))(?<name>[a-z0-9_][a-z0-9_.-]{0,252})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NamedHost();
}
