using System.Net;
using System.Net.Sockets;
using Incidents.WebFront.Tests.Webhooks.Credentials;

namespace Incidents.WebFront.Tests.Http;

public sealed class SenderHttpTests
{
    private const string Empty = """{"alerts":[]}""";
    private const string Json = "application/json";
    private const string Login = "grafana:a-pass-word-of-length";

    private static readonly (string Key, string Value)[] Stamped =
    [
        ("Webhooks:Senders:prod:Hmac:Secrets:0", Signed.Secret),
        ("Webhooks:Senders:prod:Hmac:TimestampHeader", Signed.TimestampHeader),
    ];

    private static string Now => Signed.Unix(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task What_is_signed_is_let_in_once_whichever_path_it_comes_by()
    {
        await using var web = await RunningWebFront.Start(Stamped);
        var headers = Signed.Headers(Empty, Now);

        var first = await web.Post("/webhook/grafana", Empty, Json, headers);
        var again = await web.Post("/webhook/alertmanager", Empty, Json, headers);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (first.StatusCode, again.StatusCode));
        Assert.Equal("""{"status":"error","reason":"replayed","message":"This signature was accepted before: a replay."}""", await Text(again));
    }

    /// <summary>There is no silo: the delivery cannot be stored in time.</summary>
    [Fact]
    public async Task What_was_answered_503_may_be_sent_again_as_it_was()
    {
        await using var web = await RunningWebFront.Start([.. Stamped, ("Webhooks:AnswerWithin", "00:00:01")]);
        const string Body = """{"alerts":[{"status":"firing","labels":{"alertname":"a"}}]}""";
        var headers = Signed.Headers(Body, Now);

        var first = await web.Post("/webhook/grafana", Body, Json, headers);
        var again = await web.Post("/webhook/grafana", Body, Json, headers);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (first.StatusCode, again.StatusCode));
        Assert.Contains("not_in_time", await Text(again), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_answered_400_may_be_sent_again_as_it_was()
    {
        await using var web = await RunningWebFront.Start(Stamped);
        var headers = Signed.Headers("{", Now);

        var first = await web.Post("/webhook/grafana", "{", Json, headers);
        var again = await web.Post("/webhook/grafana", "{", Json, headers);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (first.StatusCode, again.StatusCode));
    }

    [Fact]
    public async Task A_body_changed_on_the_way_is_not_parsed()
    {
        await using var web = await RunningWebFront.Start(Stamped);

        var answer = await web.Post("/webhook/grafana", """{"alerts":[ ]}""", Json, Signed.Headers(Empty, Now));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("HMAC-SHA256", answer.Headers.WwwAuthenticate.ToString());
        Assert.Contains("\"reason\":\"signature_mismatch\"", await Text(answer), StringComparison.Ordinal);
    }

    /// <summary>A stranger without a signature is turned away before its body is read: the body never comes.</summary>
    [Fact]
    public async Task Without_a_signature_the_answer_does_not_wait_for_the_body()
    {
        await using var web = await RunningWebFront.Start(Stamped);
        using var sender = new TcpClient();
        await sender.ConnectAsync("127.0.0.1", web.Client.BaseAddress!.Port, Cancel);
        await using var stream = sender.GetStream();
        await stream.WriteAsync(
            "POST /webhook/grafana HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n"u8.ToArray(),
            Cancel);

        using var answer = new StreamReader(stream);
        var status = await answer.ReadLineAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.Equal("HTTP/1.1 401 Unauthorized", status);
    }

    [Fact]
    public async Task The_answer_to_a_stranger_names_the_kinds_of_credentials_and_no_sender()
    {
        await using var web = await RunningWebFront.Start(
        [
            .. Stamped,
            ("Webhooks:Tokens:0", RunningWebFront.HashOf(RunningWebFront.Token)),
            ("Webhooks:Senders:second:Basic:Username", "grafana"),
            ("Webhooks:Senders:second:Basic:PasswordHashes:0", RunningWebFront.HashOf(Login.Split(':')[1])),
        ]);

        var answer = await web.Post("/webhook/grafana", Empty);
        var text = await Text(answer);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(["Bearer", "Basic", "HMAC-SHA256"], answer.Headers.WwwAuthenticate.Select(static challenge => challenge.Scheme));
        Assert.Equal(
            """{"status":"error","reason":"no_credential","message":"The webhook's credentials are missing: an Authorization header or a signature."}""",
            text);
        Assert.Equal(HttpStatusCode.OK, (await web.Post("/webhook/grafana", Empty, Json, Gate.Basic(Login))).StatusCode);
    }

    [Fact]
    public async Task Neither_half_opens_the_other()
    {
        await using var web = await RunningWebFront.Start(
        [
            ("Webhooks:Tokens:0", RunningWebFront.HashOf(RunningWebFront.Token)),
            ("Api:Tokens:boss:Hash", RunningWebFront.HashOf("the-token-of-the-boss")),
            ("Api:Tokens:boss:Scope", "admin"),
        ]);
        using var read = new HttpRequestMessage(HttpMethod.Get, "/api/incidents");
        read.Headers.Authorization = new("Bearer", RunningWebFront.Token);

        var posted = await web.Post("/webhook/grafana", Empty, Json, ("Authorization", "Bearer the-token-of-the-boss"));

        Assert.Equal(HttpStatusCode.Unauthorized, posted.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await web.Client.SendAsync(read, Cancel)).StatusCode);
    }

    /// <summary>With credentials for one half the other keeps to this machine.</summary>
    [Fact]
    public async Task The_half_without_credentials_is_for_this_machine_only()
    {
        await using var api = await RunningWebFront.Start(("Webhooks:Tokens:0", RunningWebFront.HashOf(RunningWebFront.Token)));
        await using var webhooks = await RunningWebFront.Start(
            ("Api:Tokens:boss:Hash", RunningWebFront.HashOf("the-token-of-the-boss")), ("Api:Tokens:boss:Scope", "admin"));
        using var local = new HttpRequestMessage(HttpMethod.Get, "/api/incidents");
        using var remote = new HttpRequestMessage(HttpMethod.Get, "/api/incidents");
        remote.Headers.Host = "incidents.example.com";

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.Client.SendAsync(local, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await api.Client.SendAsync(remote, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await webhooks.Post("/webhook/grafana", Empty)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await webhooks.Post("/webhook/grafana", Empty, Json, ("Host", "incidents.example.com"))).StatusCode);
    }

    [Theory]
    [InlineData("Authorization", 20_000)]
    [InlineData("X-Grafana-Alerting-Signature", 20_000)]
    [InlineData("X-Grafana-Alerting-Timestamp", 20_000)]
    public async Task Huge_headers_are_refused_by_their_size(string header, int length)
    {
        await using var web = await RunningWebFront.Start(Stamped);

        var answer = await web.Post("/webhook/grafana", Empty, Json, (header, new string('a', length)));

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancel);
}
