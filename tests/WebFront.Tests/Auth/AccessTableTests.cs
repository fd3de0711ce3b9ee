using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Incidents.TestKit;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Tests.Http;
using Incidents.WebFront.Tests.SignIn;
using Microsoft.AspNetCore.Routing;

namespace Incidents.WebFront.Tests.Auth;

/// <summary>Tries every endpoint with every kind of credential, and compares with the table in docs/access.md.</summary>
public sealed partial class AccessTableTests
{
    /// <summary>Set it to 1 and the test writes the table instead of comparing it.</summary>
    private const string Write = "WRITE_ACCESS_TABLE";

    private const string Begin = "<!-- outcomes: begin -->\n";
    private const string End = "<!-- outcomes: end -->";
    private const string Stranger = "incidents.example.com";

    private static readonly string[] Extra = ["GET /api/no-such-thing", "GET /no-such-thing", "DELETE /api/incidents"];

    [Fact]
    public async Task Every_endpoint_answers_as_the_table_says()
    {
        var document = Path.Combine(Repo.Root, "docs", "access.md");
        var text = await File.ReadAllTextAsync(document, Cancel);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var table = await Table();

        if (Environment.GetEnvironmentVariable(Write) == "1")
        {
            await File.WriteAllTextAsync(document, string.Concat(text.AsSpan(0, from), table, text.AsSpan(to)), Cancel);
        }
        else
        {
            Assert.True(text[from..to] == table, $"docs/access.md is not as the service answers; {Write}=1 writes it:\n{table}");
        }
    }

    private static async Task<string> Table()
    {
        (string, string) all = ("Dashboard:Enabled", "true");
        (string, string) slack = ("Slack:SigningSecret", "a-secret-long-enough");
        await using var open = await RunningWebFront.Start(all);
        await using var guarded = await RunningWebFront.Start(
            [
                .. ApiTokenHttpTests.Tokens, .. SignInSettingTests.OidcAt("http://127.0.0.1:1"),
                ("Webhooks:Tokens:0", RunningWebFront.HashOf(RunningWebFront.Token)), slack, all,
            ]);
        (RunningWebFront Web, (string Name, string Value)? Header)[] callers =
        [
            (guarded, null),
            (guarded, Bearer("nobody-has-this-token")),
            (guarded, Bearer(ApiTokenHttpTests.TokenOf("expired"))),
            (guarded, Bearer(RunningWebFront.Token)),
            (guarded, Bearer(ApiTokenHttpTests.TokenOf("read"))),
            (guarded, Bearer(ApiTokenHttpTests.TokenOf("act"))),
            (guarded, Bearer(ApiTokenHttpTests.TokenOf("admin"))),
            (guarded, ("Cookie", guarded.SessionOf(Scope.Read))),
            (guarded, ("Cookie", guarded.SessionOf(Scope.Act))),
            (guarded, ("Cookie", guarded.SessionOf(Scope.Admin))),
            (open, null),
            (open, ("Host", Stranger)),
        ];

        // A client that follows a redirect leaves its credentials behind.
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var table = new StringBuilder(
            "| endpoint | rule | none | wrong | expired | webhook's | read | act | admin | viewer | responder | administrator | this machine | others |\n"
            + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        var rows = guarded.Endpoints.SelectMany(Rows).OrderBy(static row => row.Path, StringComparer.Ordinal)
            .Concat(Extra.Select(static row => (Method: row.Split(' ')[0], Path: row.Split(' ')[1], Rule: "–")));
        foreach (var (method, path, rule) in rows)
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{method} {path}` | {rule} |");
            foreach (var caller in callers)
            {
                table.Append(CultureInfo.InvariantCulture, $" {await Outcome(client, caller.Web.Client.BaseAddress!, method, path, caller.Header)} |");
            }

            table.Append('\n');
        }

        return table.ToString();
    }

    private static IEnumerable<(string Method, string Path, string Rule)> Rows(RouteEndpoint endpoint) =>
        (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (
            method,
            $"/{endpoint.RoutePattern.RawText!.Trim('/')}",
            endpoint.Metadata.GetMetadata<AccessRule>()?.Text ?? "none"));

    /// <summary>"yes" is whatever comes after the caller was let in: there is neither silo nor database behind it.</summary>
    private static async Task<string> Outcome(
        HttpClient client, Uri web, string method, string path, (string Name, string Value)? header)
    {
        var sample = Parameter().Replace(path.Replace("{id}", "INC-20261120021530-6b7aeda2ac445dc6", StringComparison.Ordinal), "1");
        using var request = new HttpRequestMessage(new(method), new Uri(web, sample));
        if (header is var (name, value))
        {
            request.Headers.Add(name, value);
        }

        if (sample.StartsWith("/webhook/", StringComparison.Ordinal) || method == "PATCH")
        {
            request.Content = new StringContent("""{"alerts":[]}""", MediaTypeHeaderValue.Parse("application/json"));
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        return (int)answer.StatusCode is var status and (401 or 403 or 404 or 405) ? $"{status}" : "yes";
    }

    private static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
