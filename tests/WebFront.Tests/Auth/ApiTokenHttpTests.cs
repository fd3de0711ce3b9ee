using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Incidents.WebFront.Tests.Http;

namespace Incidents.WebFront.Tests.Auth;

public sealed class ApiTokenHttpTests(LonelyWebFront lonely)
{
    internal static readonly (string Key, string Value)[] Tokens =
    [
        ("Api:Tokens:reader:Hash", RunningWebFront.HashOf(TokenOf("read"))),
        ("Api:Tokens:reader:Scope", "read"),
        ("Api:Tokens:actor:Hash", RunningWebFront.HashOf(TokenOf("act"))),
        ("Api:Tokens:actor:Scope", "act"),
        ("Api:Tokens:actor:Expires", "2999-01-01"),
        ("Api:Tokens:boss:Hash", RunningWebFront.HashOf(TokenOf("admin"))),
        ("Api:Tokens:boss:Scope", "Admin"),
        ("Api:Tokens:former:Hash", RunningWebFront.HashOf(TokenOf("expired"))),
        ("Api:Tokens:former:Scope", "admin"),
        ("Api:Tokens:former:Expires", "2026-01-31T18:00:00Z"),
    ];

    internal static string TokenOf(string name) => $"a-token-for-{name}-callers";

    [Fact]
    public async Task Without_a_token_the_API_says_how_to_call_it_and_nothing_else()
    {
        await using var web = await RunningWebFront.Start(Tokens);

        foreach (var path in new[] { "/api/incidents", "/api/no-such-thing", "/no-such-thing", "/webhook/grafana" })
        {
            var answer = await Get(web, path);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("Send an API token: Authorization: Bearer TOKEN.", problem.GetProperty("detail").GetString());
            Assert.Equal(401, problem.GetProperty("status").GetInt32());
        }
    }

    [Fact]
    public async Task An_expired_token_is_told_so_and_a_wrong_one_is_not_known()
    {
        await using var web = await RunningWebFront.Start(Tokens);

        var expired = await Get(web, "/api/incidents", $"Bearer {TokenOf("expired")}");
        var wrong = await Get(web, "/api/incidents", "Bearer nobody-has-this-token");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (expired.StatusCode, wrong.StatusCode));
        Assert.Contains("This API token expired on 2026-01-31T18:00:00Z.", await Text(expired), StringComparison.Ordinal);
        Assert.Contains("This API token is not known.", await Text(wrong), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_is_asked_for_the_token_as_a_password_and_may_only_read_with_it()
    {
        await using var web = await RunningWebFront.Start(Tokens);
        var basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"ann:{TokenOf("act")}"))}";
        using var page = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/docs/", UriKind.Relative));
        page.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");

        var asked = await web.Client.SendAsync(page, Cancel);
        var read = await Get(web, "/openapi/v1.json", basic);
        var act = await web.Post("/api/incidents/INC-20261120021530-6b7aeda2ac445dc6/resolve", "{}", headers: ("Authorization", basic));

        Assert.Equal(["Bearer", "Basic"], asked.Headers.WwwAuthenticate.Select(static one => one.Scheme));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (read.StatusCode, act.StatusCode));
    }

    [Fact]
    public async Task A_scope_too_small_is_told_which_it_must_be()
    {
        await using var web = await RunningWebFront.Start(Tokens);

        var answer = await web.Post(
            "/api/incidents/INC-20261120021530-6b7aeda2ac445dc6/resolve", "{}", headers: ("Authorization", $"Bearer {TokenOf("read")}"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("Bearer error=\"insufficient_scope\", scope=\"act\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Contains("its scope must be act or admin", await Text(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic a-token-for-admin-callers")]
    [InlineData("a-token-for-admin-callers")]
    [InlineData("Bearer a-token-for-admin-callers, Bearer x")]
    public async Task What_is_no_whole_token_opens_nothing(string authorization)
    {
        await using var web = await RunningWebFront.Start(Tokens);

        Assert.Equal(HttpStatusCode.Unauthorized, (await Get(web, "/api/incidents", authorization)).StatusCode);
    }

    [Fact]
    public async Task With_a_token_who_asks_for_what_is_not_there_hears_404_and_405()
    {
        await using var web = await RunningWebFront.Start(Tokens);
        var token = $"Bearer {TokenOf("read")}";

        Assert.Equal(HttpStatusCode.NotFound, (await Get(web, "/api/no-such-thing", token)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await Get(web, "/webhook/grafana", token)).StatusCode);
    }

    [Fact]
    public async Task A_token_file_may_hold_two_while_they_are_rotated()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "the-old-token-of-ann\nthe-new-token-of-ann\n", Cancel);
        await using var web = await RunningWebFront.Start(("Api:Tokens:ann:File", file), ("Api:Tokens:ann:Scope", "read"));
        File.Delete(file);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Get(web, "/api/incidents", "Bearer the-old-token-of-ann")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Get(web, "/api/incidents", "Bearer the-new-token-of-ann")).StatusCode);
    }

    [Theory]
    [InlineData("Host", "incidents.example.com")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    public async Task Without_tokens_whoever_is_not_this_machine_may_do_nothing(string header, string value)
    {
        var web = lonely.Web;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/incidents");
        request.Headers.TryAddWithoutValidation(header, value);

        var answer = await web.Client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Set Api:Tokens", await Text(answer), StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<HttpResponseMessage> Get(RunningWebFront web, string path, string? authorization = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await web.Client.SendAsync(request, Cancel);
    }

    private static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancel);
}
