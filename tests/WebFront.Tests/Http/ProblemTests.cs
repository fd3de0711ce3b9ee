using System.Text.Json;

namespace Incidents.WebFront.Tests.Http;

/// <summary>Whatever goes wrong is told in one form (RFC 9457).</summary>
public sealed class ProblemTests(LonelyWebFront lonely)
{
    private const string Known = "/api/incidents/INC-20261120021530-6b7aeda2ac445dc6";

    [Theory]
    [InlineData("GET", "/api/nothing", null, 404)]
    [InlineData("GET", "/nothing", null, 404)]
    [InlineData("DELETE", "/api/incidents", null, 405)]
    [InlineData("GET", Known + "/resolve", null, 405)]
    [InlineData("GET", "/api/incidents?limit=0", null, 400)]
    [InlineData("GET", "/api/incidents?nmespace=shop", null, 400)]
    [InlineData("GET", "/api/incidents", null, 503)]
    [InlineData("POST", Known + "/resolve", "{", 400)]
    [InlineData("POST", Known + "/resolve", "{\"is_noise\":\"no\"}", 400)]
    [InlineData("POST", Known + "/notes", "{}", 400)]
    [InlineData("POST", Known + "/notes", "{\"text\":\" \\n \"}", 400)]
    [InlineData("POST", Known + "/notes?force=true", "{\"text\":\"x\"}", 400)]
    [InlineData("PATCH", Known, "{}", 400)]
    [InlineData("PATCH", Known, "{\"status\":\"active\"}", 400)]
    [InlineData("POST", "/api/keys/explain", "[]", 400)]
    [InlineData("POST", "/api/keys/explain", "{\"labels\"", 400)]
    public async Task It_says_what_is_wrong_in_one_form(string method, string path, string? body, int status)
    {
        var web = lonely.Web;
        using var request = new HttpRequestMessage(new(method), path);
        request.Content = body is null ? null : new StringContent(body, null, "application/json");

        var answer = await web.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task It_names_the_parameter_that_nobody_knows()
    {
        var web = lonely.Web;

        var response = await web.Client.GetAsync("/api/incidents?nmespace=shop", TestContext.Current.CancellationToken);
        var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal("nmespace", answer.GetProperty("parameter").GetString());
        Assert.Contains("namespace", answer.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_content_type_is_a_problem_too(string type)
    {
        var web = lonely.Web;

        var answer = await web.Post(Known + "/resolve", "{}", type);

        Assert.Equal((415, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task So_is_a_body_too_large_to_explain()
    {
        var web = lonely.Web;

        var answer = await web.Post("/api/keys/explain", $"[\"{new string('x', 1_100_000)}\"]");

        Assert.Equal((413, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }
}
