using System.Net;
using Incidents.WebFront.Tests.Http;

namespace Incidents.WebFront.Tests.SignIn;

/// <summary>A proxy signs people in and says who they are; its word counts, and nobody else's.</summary>
public sealed class ProxyTests
{
    private const string Readable = "/openapi/v1.json";

    private static readonly (string, string)[] Settings =
    [
        ("SignIn:Mode", "proxy"), ("SignIn:Roles:Viewer:0", "everybody"), ("SignIn:Roles:Admin:0", "platform"),
    ];

    [Theory]
    [InlineData("ann", "everybody", 200)]
    [InlineData("ann", "nobody, everybody", 200)]
    [InlineData("ann", "nobody", 403)]
    [InlineData("ann", null, 403)]
    [InlineData(" ", "everybody", 401)]
    [InlineData(null, "everybody", 401)]
    public async Task The_listed_proxy_says_who_calls(string? user, string? groups, int status)
    {
        await using var web = await Start("127.0.0.1/32");

        Assert.Equal(status, (int)(await Get(web, Readable, ("X-Forwarded-User", user), ("X-Forwarded-Groups", groups))).StatusCode);
    }

    [Fact]
    public async Task From_anybody_else_the_headers_say_nothing()
    {
        await using var web = await Start("10.1.2.3/32");

        var answer = await Get(web, Readable, ("X-Forwarded-User", "ann"), ("X-Forwarded-Groups", "platform"), ("X-Forwarded-For", "10.1.2.3"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_role_counts_and_a_name_given_twice_does_not()
    {
        await using var web = await Start("127.0.0.0/8");

        var viewer = await Get(web, "/tokens", ("X-Forwarded-User", "ann"), ("X-Forwarded-Groups", "everybody"));
        var twice = await Get(web, Readable, ("X-Forwarded-User", "ann"), ("X-Forwarded-User", "bob"), ("X-Forwarded-Groups", "platform"));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (viewer.StatusCode, twice.StatusCode));
    }

    /// <summary>oauth2-proxy sends one by default.</summary>
    [Fact]
    public async Task What_the_proxy_says_goes_before_a_token_that_it_sends_too()
    {
        await using var web = await Start("127.0.0.1/32");

        var answer = await Get(web, Readable, ("X-Forwarded-User", "ann"), ("X-Forwarded-Groups", "everybody"), ("Authorization", "Basic YW5uOng="));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("203.0.113.7")]
    [InlineData(null)]
    public async Task Through_a_proxy_nobody_is_this_machine(string? forwardedFor)
    {
        await using var web = await Start("127.0.0.1/32");

        var answer = await web.Post("/webhook/grafana", "{}", headers: [.. forwardedFor is null ? [] : new[] { ("X-Forwarded-For", forwardedFor) }]);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_person_who_comes_around_the_proxy_is_told_in_a_page()
    {
        await using var web = await Start("10.1.2.3/32");

        var answer = await Get(web, "/tokens", ("Accept", "text/html"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Come through the proxy", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private static Task<RunningWebFront> Start(string network) => RunningWebFront.Start([.. Settings, ("Proxies:Networks:0", network)]);

    private static async Task<HttpResponseMessage> Get(RunningWebFront web, string path, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var header in headers.Where(static header => header.Value is not null).GroupBy(static header => header.Name))
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Select(static one => one.Value));
        }

        return await web.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
