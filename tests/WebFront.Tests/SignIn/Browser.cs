using System.Net;
using System.Text.RegularExpressions;

namespace Incidents.WebFront.Tests.SignIn;

/// <summary>What a browser does with pages: keeps cookies, follows redirects, sends forms with their tokens.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(Uri web, bool follow = true)
    {
        _http = new(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = follow }) { BaseAddress = web };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
    }

    public CookieContainer Cookies { get; } = new();

    public Uri Address => _http.BaseAddress!;

    public async Task<Seen> Get(string path) =>
        await Seen.Of(await _http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken));

    /// <summary>With the token of the form on this page; of none when null, another one when given.</summary>
    public async Task<Seen> Send(string? from, string action, IEnumerable<(string Name, string Value)> fields, string? token = null)
    {
        token ??= from is null ? null : FormToken().Match((await Get(from)).Text).Groups["token"].Value;
        var all = fields.Append((Name: "form_token", Value: token ?? "")).Where(static field => field.Value.Length > 0);
        using var form = new FormUrlEncodedContent(all.Select(static field => KeyValuePair.Create(field.Name, field.Value)));
        return await Seen.Of(await _http.PostAsync(new Uri(action, UriKind.Relative), form, TestContext.Current.CancellationToken));
    }

    public async Task<string> TokenOn(string page) => FormToken().Match((await Get(page)).Text).Groups["token"].Value;

    public Cookie? Session() => Cookies.GetCookies(_http.BaseAddress!)["incidents-session"];

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"form_token\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex FormToken();
}

/// <param name="Address">Where it was in the end.</param>
internal sealed record Seen(HttpStatusCode Status, string Address, string? Location, string Text)
{
    public static async Task<Seen> Of(HttpResponseMessage answer)
    {
        using (answer)
        {
            return new(
                answer.StatusCode,
                answer.RequestMessage!.RequestUri!.PathAndQuery,
                answer.Headers.Location?.OriginalString,
                WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }
    }
}
