using System.Net;
using System.Net.Sockets;
using System.Text;
using Incidents.TestKit;
using Incidents.WebFront.Tests.Webhooks.Credentials;

namespace Incidents.WebFront.Tests.Whole;

public sealed class HungUpReplayTests
{
    private const int Tries = 30;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Else whoever holds back the answer could have one signed delivery stored again and again.</summary>
    [Fact]
    public async Task A_signed_delivery_is_stored_once_also_when_its_sender_hung_up_before_the_answer()
    {
        var settings = new Dictionary<string, string>
        {
            ["Webhooks:Senders:prod:Hmac:Secrets:0"] = Signed.Secret,
            ["Webhooks:Senders:prod:Hmac:TimestampHeader"] = Signed.TimestampHeader,
        };
        await using var system = await IncidentsSystem.Start(new() { Web = settings }, Cancel);
        var body = Encoding.UTF8.GetString(Incoming.Alert(Vary.NewName()));
        var now = TimeProvider.System.GetUtcNow();
        Assert.Equal(HttpStatusCode.OK, (await Post(system, body, now.AddSeconds(-Tries))).StatusCode);

        var stored = await HangUp(system, body, now);

        using var again = await Post(system, body, stored);
        Assert.Contains("\"replayed\"", await again.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(2, await Rows(system));
    }

    /// <returns>The timestamp of the delivery that was stored. One whose sender hangs up before its body is read is not,
    /// and another is tried.</returns>
    private static async Task<DateTimeOffset> HangUp(IncidentsSystem system, string body, DateTimeOffset now)
    {
        for (var tries = 1; tries < Tries; tries++)
        {
            await using (await HeldRows.Of(system.Database, "incident_keys", "incident_key", await Key(system)))
            {
                using var hangsUp = await Send(system.Client.BaseAddress!, body, now.AddSeconds(-tries));
                await Eventually.Holds("it is under way", () => Task.FromResult(system.RequestsUnderWay == 1), Soon, Cancel);
                hangsUp.LingerState = new(enable: true, seconds: 0); // a reset, not a goodbye
            }

            await Eventually.Holds("it is done with", () => Task.FromResult(system.RequestsUnderWay == 0), Soon, Cancel);
            if (await Rows(system) == 2)
            {
                return now.AddSeconds(-tries);
            }
        }

        throw new InvalidOperationException($"Not one of {Tries} deliveries was read before its sender hung up.");
    }

    private static Task<string> Key(IncidentsSystem system) => system.Database.Read<string>("SELECT incident_key FROM incident_keys");

    private static Task<int> Rows(IncidentsSystem system) => system.Database.Read<int>("SELECT COUNT(*) FROM grafana_alerts");

    private static async Task<HttpResponseMessage> Post(IncidentsSystem system, string body, DateTimeOffset at)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in Signed.Headers(body, Signed.Unix(at)))
        {
            content.Headers.Add(name, value);
        }

        return await system.Client.PostAsync(new Uri("/webhook/grafana", UriKind.Relative), content, Cancel);
    }

    private static async Task<TcpClient> Send(Uri web, string body, DateTimeOffset at)
    {
        var client = new TcpClient();
        await client.ConnectAsync(web.Host, web.Port, Cancel);
        var headers = string.Concat(Signed.Headers(body, Signed.Unix(at)).Select(static header => $"{header.Name}: {header.Value}\r\n"));
        var request = $"POST /webhook/grafana HTTP/1.1\r\nHost: {web.Authority}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), Cancel);
        return client;
    }
}
