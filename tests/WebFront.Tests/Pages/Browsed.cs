using System.Net;
using System.Text.RegularExpressions;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Pages;

/// <summary>A page as a browser without scripts has it: its text, and its forms to send.</summary>
internal sealed partial record Browsed(IncidentsSystem System, HttpStatusCode Status, string Path, string Html)
{
    public IReadOnlyList<string> Incidents => [.. Lines().Matches(Html).Select(static line => line.Groups[1].Value)];

    public static async Task<Browsed> Get(IncidentsSystem system, string path)
    {
        using var answer = await system.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await Of(system, answer);
    }

    /// <summary>Only one line of the list, its markup and all.</summary>
    public string Line(string incident) => Regex.Match(Html, $"""<tr id="{incident}".*?</tr>""", RegexOptions.Singleline).Value;

    /// <summary>What the button in an incident's line, or its box, says.</summary>
    public string Value(string incident, string name) => Regex.Match(Line(incident), $"""name="{name}" value="([^"]*)["]""").Groups[1].Value;

    public string? Link(string rel) => Regex.Match(Html, $"""rel="{rel}" href="([^"]*)["]""") is { Success: true } link
        ? WebUtility.HtmlDecode(link.Groups[1].Value)
        : null;

    /// <summary>Sends the form whose address begins so, with its hidden fields and these.</summary>
    public async Task<Browsed> Post(string action, params (string Name, string Value)[] fields)
    {
        var form = Forms().Matches(Html).Select(static one => one.Value).Single(one => one.Contains($"action=\"{action}", StringComparison.Ordinal));
        var hidden = Hidden().Matches(form).Select(static one => KeyValuePair.Create(one.Groups[1].Value, WebUtility.HtmlDecode(one.Groups[2].Value)));
        using var body = new FormUrlEncodedContent([.. hidden, .. fields.Select(static field => KeyValuePair.Create(field.Name, field.Value))]);
        var to = WebUtility.HtmlDecode(Action().Match(form).Groups[1].Value);
        using var answer = await System.Client.PostAsync(new Uri(to, UriKind.Relative), body, TestContext.Current.CancellationToken);
        return await Of(System, answer);
    }

    private static async Task<Browsed> Of(IncidentsSystem system, HttpResponseMessage answer) => new(
        system, answer.StatusCode, answer.RequestMessage!.RequestUri!.PathAndQuery, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    [GeneratedRegex("""<tr id="(INC-[^"]*)["]""")]
    private static partial Regex Lines();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("""action="([^"]*)["]""")]
    private static partial Regex Action();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)["]""")]
    private static partial Regex Hidden();
}
