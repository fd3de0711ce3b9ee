using System.Net;

namespace Incidents.WebFront.Tests.Http;

public sealed class WebhookHttpTests(LonelyWebFront lonely)
{
    private const string Empty = """{"alerts":[]}""";
    private const string Json = "application/json";
    private static readonly string Hash = RunningWebFront.HashOf(RunningWebFront.Token);

    [Theory]
    [InlineData("/webhook/grafana")]
    [InlineData("/webhook/alertmanager")]
    public async Task Without_tokens_this_machine_may_post(string path)
    {
        var web = lonely.Web;

        var answer = await web.Post(path, Empty, "application/json; charset=utf-8");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"status":"success","results":[],"rejected":[]}""", await Text(answer));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("Host", "incidents.example.com")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("X-Client-IP", "127.0.0.1")]
    [InlineData("True-Client-IP", "127.0.0.1")]
    [InlineData("CF-Connecting-IP", "127.0.0.1")]
    [InlineData("X-Original-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Port", "443")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Server", "proxy")]
    [InlineData("X-Envoy-External-Address", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Without_tokens_whoever_comes_by_another_name_or_a_proxy_may_not(string header, string value)
    {
        var web = lonely.Web;

        var answer = await web.Post("/webhook/grafana", Empty, Json, (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Webhooks:TokenFile", await Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_body_is_refused_as_such()
    {
        var web = lonely.Web;

        var answer = await web.Post("/webhook/grafana", Empty, Json, ("Content-Encoding", "gzip"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer another-token-altogether", 401)]
    [InlineData("Basic " + RunningWebFront.Token, 401)]
    [InlineData("Bearer " + RunningWebFront.Token, 200)]
    [InlineData("bearer " + RunningWebFront.Token, 200)]
    public async Task With_a_token_configured_only_it_opens_the_webhooks(string? authorization, int status)
    {
        await using var web = await RunningWebFront.Start(("Webhooks:Tokens:0", Hash));

        var answer = await web.Post("/webhook/grafana", Empty, Json, authorization is null ? [] : [("Authorization", authorization)]);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 401, answer.Headers.WwwAuthenticate.ToString() == "Bearer");
    }

    [Fact]
    public async Task A_token_may_come_from_a_file()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"# rotation\n\n  {RunningWebFront.Token}\r\nsecond-token-long-enough\n", Cancel);
        await using var web = await RunningWebFront.Start(("Webhooks:TokenFile", file));
        File.Delete(file);

        foreach (var token in new[] { RunningWebFront.Token, "second-token-long-enough" })
        {
            var answer = await web.Post("/webhook/grafana", Empty, Json, ("Authorization", $"Bearer {token}"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonx")]
    public async Task Anything_but_JSON_is_415(string contentType)
    {
        var web = lonely.Web;

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await web.Post("/webhook/grafana", Empty, contentType)).StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_too_large_is_413(bool chunked)
    {
        await using var web = await RunningWebFront.Start(("Webhooks:MaxBodyBytes", "1024"));
        web.Client.DefaultRequestHeaders.TransferEncodingChunked = chunked;

        var answer = await web.Post("/webhook/grafana", $$"""{"alerts":[],"x":"{{new string('x', 1024)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("Webhooks:MaxBodyBytes", await Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_used_is_400_with_reasons_though_the_database_is_away()
    {
        var web = lonely.Web;

        var whole = await web.Post("/webhook/grafana", "{");
        var single = await web.Post("/webhook/grafana", """{"alerts":[7,{}]}""");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (whole.StatusCode, single.StatusCode));
        Assert.Contains("\"reason\":\"not_json\"", await Text(whole), StringComparison.Ordinal);
        Assert.Contains("""{"index":0,"reason":"not_an_object"},{"index":1,"reason":"bad_status"}""", await Text(single),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_silo_the_sender_is_told_to_come_back()
    {
        await using var web = await RunningWebFront.Start(("Webhooks:AnswerWithin", "00:00:01"));

        var answer = await web.Post("/webhook/grafana", """{"alerts":[{"status":"firing"}]}""");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("5", answer.Headers.RetryAfter?.ToString());
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancel);
}
