using System.Net;
using System.Text.RegularExpressions;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Pages;

/// <summary>A page as a browser without scripts has it, and its forms as a person sends them.</summary>
internal sealed partial record PageVisit(HttpStatusCode Status, Uri Address, string Html)
{
    /// <summary>What a person reads, without marks.</summary>
    public string Text => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(Html, " ")), " ");

    public bool HasForms => Html.Contains("method=\"post\"", StringComparison.Ordinal);

    /// <summary>Fills in the form that goes to an address ending so, and sends it.</summary>
    public Task<PageVisit> Send(IncidentsSystem system, string action, params (string Name, string Value)[] typed)
    {
        var form = Forms().Matches(Html).Single(form => form.Groups["action"].Value.EndsWith(action, StringComparison.Ordinal));
        var fields = Hidden().Matches(form.Value).ToDictionary(static field => field.Groups["name"].Value, static field => field.Groups["value"].Value);
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        return system.SendForm(form.Groups["action"].Value, fields);
    }

    [GeneratedRegex("<form[^>]*action=\"(?<action>[^\"]*)\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

internal static class Visiting
{
    public static async Task<PageVisit> Visit(this IncidentsSystem system, string path)
    {
        using var answer = await system.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await Read(answer);
    }

    public static async Task<PageVisit> SendForm(this IncidentsSystem system, string path, Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await system.Client.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
        return await Read(answer);
    }

    private static async Task<PageVisit> Read(HttpResponseMessage answer) => new(
        answer.StatusCode, answer.RequestMessage!.RequestUri!, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
