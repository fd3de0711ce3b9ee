using Incidents.TestKit;
using Incidents.WebFront.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Incidents.WebFront.Tests.Auth;

public sealed class AccessLogTests
{
    private const string Secret = "the-token-of-the-boss";

    private static readonly (string Key, string Value)[] Api =
        [("Api:Tokens:boss:Hash", RunningWebFront.HashOf(Secret)), ("Api:Tokens:boss:Scope", "admin")];

    private static readonly (string Key, string Value)[] Webhooks = [("Webhooks:Senders:prod:Tokens:0", RunningWebFront.HashOf(RunningWebFront.Token))];

    [Theory]
    [InlineData(false, false, "")]
    [InlineData(true, true, "")]
    [InlineData(true, false, "only this machine may post webhooks")]
    [InlineData(false, true, "the API answers on this machine only")]
    public async Task The_start_says_which_half_is_for_this_machine_only(bool api, bool webhooks, string said)
    {
        var log = await Run([.. api ? Api : [], .. webhooks ? Webhooks : []], static _ => Task.CompletedTask);

        Assert.Equal(said.Length > 0 ? 1 : 0, Lines(log, "this machine"));
        Assert.Contains(said, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_token_is_logged_by_name_once_however_often_it_is_used()
    {
        var log = await Run([.. Api, .. Webhooks, ("Api:Tokens:boss:Expires", "2020-01-01")], static async client =>
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", Secret);
            await client.GetAsync(new Uri("/api/incidents", UriKind.Relative), TestContext.Current.CancellationToken);
            await client.GetAsync(new Uri("/api/incidents", UriKind.Relative), TestContext.Current.CancellationToken);
        });

        Assert.Equal(1, Lines(log, "The API token boss expired on 2020-01-01 00:00:00Z; it is refused"));
        Assert.Equal(1, Lines(log, "The API token boss, expired since 2020-01-01 00:00:00Z, is still used"));
        Assert.DoesNotContain(Secret, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_sender_is_logged_with_the_reason_once_however_often_it_comes()
    {
        var log = await Run([.. Api, .. Webhooks], static async client =>
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", Secret);
            await client.PostAsync(new Uri("/webhook/grafana", UriKind.Relative), null, TestContext.Current.CancellationToken);
            await client.PostAsync(new Uri("/webhook/grafana", UriKind.Relative), null, TestContext.Current.CancellationToken);
        });

        Assert.Equal(1, Lines(log, "Webhook at Grafana answered 401: WrongCredential"));
        Assert.DoesNotContain(Secret, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_is_not_asked_for_an_API_token()
    {
        var log = await Run([.. Api, .. Webhooks], static client => Repeat(client, RunningWebFront.Token, "POST", "/webhook/grafana"));

        Assert.Equal(0, Lines(log, "API token"));
        Assert.Equal(0, Lines(log, nameof(WebFront.Auth.ApiTokenHandler)));
    }

    [Fact]
    public async Task A_wrong_API_token_is_logged_once_however_often_it_comes()
    {
        var log = await Run([.. Api, .. Webhooks], static client => Repeat(client, "a-token-of-nobody", "GET", "/api/incidents"));

        Assert.Equal(1, Lines(log, "An API token that is not known was refused, from 127.0.0.1"));
        Assert.Equal(1, Lines(log, nameof(WebFront.Auth.ApiTokenHandler)));
        Assert.DoesNotContain("a-token-of-nobody", log, StringComparison.Ordinal);
    }

    private static async Task Repeat(HttpClient client, string token, string method, string path)
    {
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        for (var i = 0; i < 5; i++)
        {
            using var request = new HttpRequestMessage(new(method), path);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        }
    }

    private static int Lines(string log, string with) => log.Split('\n').Count(line => line.Contains(with, StringComparison.Ordinal));

    private static async Task<string> Run((string, string)[] settings, Func<HttpClient, Task> calls)
    {
        var log = new CollectedLog(LogLevel.Information);
        await using var app = RunningWebFront.Build(settings);
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        await calls(client);
        return log.ToString();
    }
}
