using System.Net;
using System.Text;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Credentials;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace Incidents.WebFront.Tests.Webhooks.Credentials;

/// <summary>The gate with some senders, at a time of the test's choosing.</summary>
internal sealed class Gate
{
    public const string Body = "test message";

    private readonly WebhookGate _gate;

    public Gate(params (string Name, SenderCredentialOptions Sender)[] senders)
        : this(new WebhookOptions { Senders = senders.ToDictionary(static s => s.Name, static s => s.Sender) })
    {
    }

    public Gate(WebhookOptions options) => _gate = new(new(Options.Create(options)), Clock);

    public FakeTimeProvider Clock { get; } = new(new(2026, 11, 20, 2, 16, 2, TimeSpan.Zero));

    public string Now => Signed.Unix(Clock.GetUtcNow());

    public static SenderCredentialOptions Signing(string secret = Signed.Secret, bool timestamp = true, string? token = null) => new()
    {
        Tokens = token is null ? [] : [Http.RunningWebFront.HashOf(token)],
        Hmac = new() { Secrets = [secret], TimestampHeader = timestamp ? Signed.TimestampHeader : null },
    };

    public static (string Name, string Value)[] Basic(string login) =>
        [("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(login))}")];

    public Admission Knock(params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
        http.Request.ContentType = "application/json";
        foreach (var header in headers.GroupBy(static header => header.Name, static header => header.Value))
        {
            http.Request.Headers[header.Key] = new StringValues([.. header]);
        }

        return _gate.Knock(http.Request, WebhookSource.Grafana);
    }

    public Admission Enter(string body, params (string Name, string Value)[] headers) =>
        Knock(headers) is { IsRefused: false } knocked ? _gate.Prove(knocked, Encoding.UTF8.GetBytes(body)) : Knock(headers);

    /// <summary>With a body that stays the same.</summary>
    public Admission Enter(params (string Name, string Value)[] headers) => Enter(Body, headers);
}
