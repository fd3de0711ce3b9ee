using System.Net;
using System.Text;
using System.Text.Json;

namespace Incidents.WebFront.Tests.Http;

public sealed class ApiHttpTests(LonelyWebFront lonely)
{
    private const string Known = "/api/incidents/INC-20261120021530-6b7aeda2ac445dc6";

    [Theory]
    [InlineData("/health/live", 200)]
    [InlineData("/health/ready", 503)]
    [InlineData("/api/incidents", 503)]
    [InlineData("/api/incidents?status=active,resolved&status=open&limit=200", 503)]
    [InlineData("/api/incidents?status=closed", 400)]
    [InlineData("/api/incidents?limit=0", 400)]
    [InlineData("/api/incidents?limit=201", 400)]
    [InlineData("/api/incidents?limit=x", 400)]
    [InlineData("/api/incidents?sevrity=critical", 400)]
    [InlineData("/api/incidents?service=", 400)]
    [InlineData("/api/incidents?limit=1&limit=2", 400)]
    [InlineData("/api/incidents?since=yesterday", 400)]
    [InlineData("/api/incidents?until=1e9", 400)]
    [InlineData("/api/incidents?since=9:00", 400)]
    [InlineData("/api/incidents?since=1/2/3", 400)]
    [InlineData("/api/incidents?since=2026", 400)]
    [InlineData("/api/incidents?since=2026-01-02T03:04:05", 503)]
    [InlineData("/api/incidents?since=2026-01-02T03:04Z", 503)]
    [InlineData("/api/incidents?since=2026-01-02T03:04:05.123456Z&until=2026-01-02T03:04:05%2B09:00", 503)]
    [InlineData("/api/incidents?status=", 400)]
    [InlineData("/api/incidents?status=,%20", 400)]
    [InlineData("/api/incidents?is_test=1", 400)]
    [InlineData("/api/incidents?sort=severity", 400)]
    [InlineData("/api/incidents?cursor=AAAA", 400)]
    [InlineData("/api/incidents?cursor=%00%ff", 400)]
    [InlineData("/api/incidents?service=a,b,c,d,e,f,g,h,i,j,k", 400)]
    [InlineData("/api/incidents?rule=r&service=a,b&severity=critical&cluster=c&namespace=n&text=High&since=2026-01-02&is_test=false&sort=opened", 503)]
    [InlineData("/api/incidents/INC-1", 400)]
    [InlineData("/api/incidents/INC-1/alerts", 400)]
    [InlineData("/api/incidents/INC-1/timeline?cursor=x", 400)]
    [InlineData(Known + "?limit=1", 400)]
    [InlineData(Known + "/alerts?raw=yes", 400)]
    [InlineData(Known + "/alerts?raw=true&limit=21", 400)]
    [InlineData(Known + "/alerts?raw=true", 503)]
    [InlineData(Known + "/timeline", 503)]
    [InlineData("/api/incidents/counts", 503)]
    [InlineData("/api/alerts", 400)]
    [InlineData("/api/alerts?fingerprint=a", 503)]
    [InlineData("/api/rejected", 503)]
    [InlineData("/api/rejected/x", 400)]
    [InlineData("/api/rejected/99999999999999999999", 400)]
    [InlineData("/api/keys/explain", 400)]
    [InlineData("/api/keys/explain?label=novalue", 400)]
    [InlineData("/api/keys/explain?label=alertname=HighCPU", 503)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/api/docs", 200)]
    [InlineData("/api/nothing", 404)]
    [InlineData(Known, 503)]
    public async Task The_port_is_open_and_answers_though_silo_and_database_are_away(string path, int status)
    {
        var web = lonely.Web;

        Assert.Equal(status, (int)(await web.Client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "", "", 415)]
    [InlineData("", "", "", 415)]
    [InlineData("application/json", "", "not-a-uuid", 400)]
    [InlineData("application/json", "[", "", 400)]
    [InlineData("application/json", "{\"by\":\" \"}", "", 400)]
    [InlineData("application/json; charset=foo", "{}", "", 400)]
    [InlineData("application/json", "{\"acton_taken\":\"typo\"}", "", 400)]
    [InlineData("application/json", "{\"by\":\"\\ud800\"}", "", 400)]
    [InlineData("application/json", "{\"by\":\"\\u0000\\u202e\"}", "", 400)]
    [InlineData("application/json", "null", "", 400)]
    public async Task A_command_in_the_wrong_form_reaches_no_grain(string contentType, string body, string key, int status)
    {
        var web = lonely.Web;

        var answer = await web.Post($"{Known}/acknowledge", body, contentType, key.Length > 0 ? [("Idempotency-Key", key)] : []);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("{\"by\":\"kim\"", "The body must be a JSON object in UTF-8, or empty.")]
    [InlineData("{\"by\":\"ki", "The body must be a JSON object in UTF-8, or empty.")]
    [InlineData("{\"by\":\"\xff\"}", "The body must be a JSON object in UTF-8, or empty.")]
    [InlineData("{\"by\":\"\\ud800\"}", "The body has a member that is not known here, not of its type, or no sound text: $.by")]
    [InlineData("{\"by\":7}", "The body has a member that is not known here, not of its type, or no sound text: $.by")]
    [InlineData("{\"acton_taken\":\"typo\"}", "The body has a member that is not known here, not of its type, or no sound text: $.acton_taken")]
    public async Task What_is_wrong_with_a_body_is_said_in_words_that_fit(string latin1, string detail)
    {
        var web = lonely.Web;
        using var body = new ByteArrayContent(Encoding.Latin1.GetBytes(latin1));
        body.Headers.ContentType = new("application/json");

        using var answer = await web.Client.PostAsync($"{Known}/acknowledge", body, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_command_too_large_is_refused_and_no_error_of_ours()
    {
        var web = lonely.Web;

        var answer = await web.Post($"{Known}/acknowledge", $$"""{"by":"{{new string('x', 70_000)}}"}""", "application/json");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }
}
