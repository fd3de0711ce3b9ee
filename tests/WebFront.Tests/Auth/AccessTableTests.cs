using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Incidents.TestKit;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Tests.Http;
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
            [.. ApiTokenHttpTests.Tokens, ("Webhooks:Tokens:0", RunningWebFront.HashOf(RunningWebFront.Token)), slack, all]);
        (RunningWebFront Web, string? Token, string? Host)[] callers =
        [
            (guarded, null, null),
            (guarded, "nobody-has-this-token", null),
            (guarded, ApiTokenHttpTests.TokenOf("expired"), null),
            (guarded, RunningWebFront.Token, null),
            (guarded, ApiTokenHttpTests.TokenOf("read"), null),
            (guarded, ApiTokenHttpTests.TokenOf("act"), null),
            (guarded, ApiTokenHttpTests.TokenOf("admin"), null),
            (open, null, null),
            (open, null, Stranger),
        ];

        // A client that follows a redirect leaves its credentials behind.
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var table = new StringBuilder(
            "| endpoint | rule | none | wrong | expired | webhook's | read | act | admin | this machine | others |\n"
            + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        var rows = guarded.Endpoints.SelectMany(Rows).OrderBy(static row => row.Path, StringComparer.Ordinal)
            .Concat(Extra.Select(static row => (Method: row.Split(' ')[0], Path: row.Split(' ')[1], Rule: "–")));
        foreach (var (method, path, rule) in rows)
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{method} {path}` | {rule} |");
            foreach (var caller in callers)
            {
                table.Append(CultureInfo.InvariantCulture, $" {await Outcome(client, caller.Web.Client.BaseAddress!, method, path, caller.Token, caller.Host)} |");
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
        HttpClient client, Uri web, string method, string path, string? token, string? host)
    {
        var sample = Parameter().Replace(path.Replace("{id}", "INC-20261120021530-6b7aeda2ac445dc6", StringComparison.Ordinal), "1");
        using var request = new HttpRequestMessage(new(method), new Uri(web, sample));
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        request.Headers.Host = host;
        if (sample.StartsWith("/webhook/", StringComparison.Ordinal) || method == "PATCH")
        {
            request.Content = new StringContent("""{"alerts":[]}""", MediaTypeHeaderValue.Parse("application/json"));
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        return (int)answer.StatusCode is var status and (401 or 403 or 404 or 405) ? $"{status}" : "yes";
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
