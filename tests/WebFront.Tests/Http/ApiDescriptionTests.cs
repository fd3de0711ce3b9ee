using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace Incidents.WebFront.Tests.Http;

/// <summary>The description is whole, and for those who may call the API.</summary>
public sealed partial class ApiDescriptionTests(LonelyWebFront lonely)
{
    [Fact]
    public async Task Every_endpoint_is_described_with_its_parameters_and_answers()
    {
        var web = lonely.Web;
        var paths = JsonElement.Parse(await web.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))
            .GetProperty("paths");

        var endpoints = Endpoints().ToList();
        Assert.True(endpoints.Count >= 14, $"only {endpoints.Count} endpoints");
        foreach (var (method, path) in endpoints)
        {
            Assert.True(
                paths.TryGetProperty(path, out var item) && item.TryGetProperty(method, out var operation)
                    && IsDescribed(operation),
                $"{method} {path} is not described");
        }
    }

    [Fact]
    public async Task What_a_field_means_is_told_too()
    {
        var web = lonely.Web;
        var schemas = JsonElement.Parse(await web.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))
            .GetProperty("components").GetProperty("schemas");

        Assert.False(schemas.GetProperty("NoteBody").GetProperty("properties").TryGetProperty("fault", out _));
        Assert.NotEmpty(schemas.GetProperty("IncidentRow").GetProperty("properties").GetProperty("revision").GetProperty("description").GetString()!);
    }

    [Theory]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api/docs")]
    public async Task It_is_for_those_who_may_call_the_API(string path)
    {
        var web = lonely.Web;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = "incidents.example.com";

        Assert.Equal(HttpStatusCode.Forbidden, (await web.Client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task The_page_loads_nothing_from_elsewhere()
    {
        var web = lonely.Web;

        var answer = await web.Client.GetAsync("/api/docs", TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotMatch(Elsewhere(), html);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var scripts = Script().Matches(html).Select(static match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(scripts);
        foreach (var script in scripts)
        {
            Assert.Equal(HttpStatusCode.OK,
                (await web.Client.GetAsync(new Uri(new Uri(web.Client.BaseAddress!, "/api/docs/"), script), TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    private static bool IsDescribed(JsonElement operation) =>
        HasText(operation, "summary") && HasText(operation, "description")
        && operation.GetProperty("responses").TryGetProperty("200", out var ok) && ok.TryGetProperty("content", out _)
        && operation.GetProperty("responses").TryGetProperty("400", out _)
        && (!operation.TryGetProperty("parameters", out var parameters)
            || parameters.EnumerateArray().All(static parameter => HasText(parameter, "description")));

    private static bool HasText(JsonElement element, string member) =>
        element.TryGetProperty(member, out var text) && text.GetString() is { Length: > 0 };

    private static IEnumerable<(string Method, string Path)> Endpoints()
    {
        using var app = RunningWebFront.Build();
        return
        [
            .. from endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(static source => source.Endpoints).OfType<RouteEndpoint>()
               let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
               where path.StartsWith("/api/", StringComparison.Ordinal) && !path.StartsWith("/api/docs", StringComparison.Ordinal)
               from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
               select (method.ToLowerInvariant(), path),
        ];
    }

    [GeneratedRegex("(src|href)=\"(https?:)?//")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("<script[^>]* src=\"([^\"]+)\"")]
    private static partial Regex Script();
}
