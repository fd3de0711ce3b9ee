using System.Text;
using System.Text.Json;
using Incidents.TestKit;
using Incidents.WebFront.Webhooks;
using Incidents.WebFront.Webhooks.Credentials;
using Microsoft.AspNetCore.Http;

namespace Incidents.WebFront.Tests.Webhooks.Credentials;

/// <summary>Signatures as grafana/alerting <c>http/hmac.go</c> makes them.</summary>
public sealed class GrafanaVectorTests
{
    private static readonly JsonElement File = JsonDocument.Parse(Fixtures.Read("vectors/grafana_hmac.json")).RootElement;

    public static TheoryData<string> Names => [.. File.GetProperty("vectors").EnumerateArray().Select(static v => v.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_signature_of_Grafana_is_right_and_another_is_not(string name)
    {
        var vector = File.GetProperty("vectors").EnumerateArray().Single(v => v.GetProperty("name").GetString() == name);
        var headers = new HeaderDictionary();
        foreach (var header in vector.GetProperty("headers").EnumerateObject())
        {
            headers[header.Name] = header.Value.GetString();
        }

        var stamped = headers.TryGetValue(Signed.TimestampHeader, out var timestamp);
        var sender = new KnownSender("vector", [], null, new(
            [Encoding.UTF8.GetBytes(File.GetProperty("secret").GetString()!)],
            HmacOptions.StandardHeader, stamped ? Signed.TimestampHeader : null, TimeSpan.FromMinutes(5), 100));
        var now = DateTimeOffset.FromUnixTimeSeconds(stamped ? long.Parse(timestamp!, null) : 0);

        var (reason, claim) = SignatureClaim.Read(sender, sender.Signing!, headers, now);

        var valid = !vector.TryGetProperty("valid", out var said) || said.GetBoolean();
        Assert.Equal(valid, reason == AdmissionReason.SignaturePending && claim!.Matches(BodyOf(vector)));
    }

    private static byte[] BodyOf(JsonElement vector) => vector.TryGetProperty("body_file", out var file)
        ? Fixtures.Read($"vectors/{file.GetString()}")
        : Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!);
}
