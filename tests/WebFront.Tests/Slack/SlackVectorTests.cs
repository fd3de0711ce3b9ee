using System.Globalization;
using System.Text;
using System.Text.Json;
using Incidents.TestKit;
using Incidents.WebFront.Slack;
using Incidents.WebFront.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Incidents.WebFront.Tests.Slack;

/// <summary>Slack's own published signature, and others made the same way.</summary>
public sealed class SlackVectorTests
{
    private static readonly JsonElement File = JsonDocument.Parse(Fixtures.Read("vectors/slack_signature.json")).RootElement;

    public static TheoryData<string> Names => [.. File.GetProperty("vectors").EnumerateArray().Select(static v => v.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_signature_of_Slack_is_right_within_its_time_and_another_is_not(string name)
    {
        var vector = Vector(name);
        var valid = !vector.TryGetProperty("valid", out var said) || said.GetBoolean();
        var now = DateTimeOffset.FromUnixTimeSeconds(long.Parse(
            (vector.TryGetProperty("now", out var at) ? at : vector.GetProperty("timestamp")).GetString()!, CultureInfo.InvariantCulture));

        var (reason, claim) = SlackSignature.Read(Headers(vector), now);

        Assert.Equal(valid, reason == AdmissionReason.SignaturePending && claim!.Matches([Secret(vector)], BodyOf(vector)));
        Assert.Equal(valid ? AdmissionReason.SignaturePending : AdmissionReason.TimestampTooOld, reason);
    }

    [Fact]
    public void Another_body_another_time_and_another_secret_are_told_apart()
    {
        var vector = Vector("block_actions_ack.form");
        var (_, claim) = SlackSignature.Read(Headers(vector), DateTimeOffset.FromUnixTimeSeconds(1795141000));
        var body = BodyOf(vector);

        Assert.True(claim!.Matches([[1, 2, 3], Secret(vector)], body)); // while one secret replaces another
        Assert.False(claim.Matches([[1, 2, 3]], body));
        Assert.False((claim with { Timestamp = "1795141001" }).Matches([Secret(vector)], body));
        Assert.False(claim.Matches([Secret(vector)], [.. body, (byte)' ']));
    }

    [Theory]
    [InlineData("v0=7E5F83D70B6D8C3D0ACEA8376C3A2F58CC66E0501E84D0C60F587EC2AB955FFD", "1795141000", AdmissionReason.SignatureMalformed)]
    [InlineData("v1=7e5f83d70b6d8c3d0acea8376c3a2f58cc66e0501e84d0c60f587ec2ab955ffd", "1795141000", AdmissionReason.SignatureMalformed)]
    [InlineData("7e5f83d70b6d8c3d0acea8376c3a2f58cc66e0501e84d0c60f587ec2ab955ffd", "1795141000", AdmissionReason.SignatureMalformed)]
    [InlineData("v0=", "1795141000", AdmissionReason.SignatureMalformed)]
    [InlineData(null, "1795141000", AdmissionReason.SignatureMissing)]
    [InlineData("v0=7e5f83d70b6d8c3d0acea8376c3a2f58cc66e0501e84d0c60f587ec2ab955ffd", null, AdmissionReason.TimestampMissing)]
    [InlineData("v0=7e5f83d70b6d8c3d0acea8376c3a2f58cc66e0501e84d0c60f587ec2ab955ffd", "-5", AdmissionReason.TimestampMalformed)]
    [InlineData("v0=7e5f83d70b6d8c3d0acea8376c3a2f58cc66e0501e84d0c60f587ec2ab955ffd", "1795140699", AdmissionReason.TimestampTooOld)]
    [InlineData("v0=7e5f83d70b6d8c3d0acea8376c3a2f58cc66e0501e84d0c60f587ec2ab955ffd", "1795140700", AdmissionReason.SignaturePending)]
    [InlineData("v0=7e5f83d70b6d8c3d0acea8376c3a2f58cc66e0501e84d0c60f587ec2ab955ffd", "1795141300", AdmissionReason.SignaturePending)]
    [InlineData("v0=7e5f83d70b6d8c3d0acea8376c3a2f58cc66e0501e84d0c60f587ec2ab955ffd", "1795141301", AdmissionReason.TimestampAhead)]
    internal void Headers_that_cannot_be_right_are_refused_unread(string? signature, string? timestamp, AdmissionReason expected)
    {
        var headers = new HeaderDictionary();
        if (signature is not null)
        {
            headers["x-slack-signature"] = signature;
        }

        if (timestamp is not null)
        {
            headers["X-SLACK-REQUEST-TIMESTAMP"] = timestamp;
        }

        Assert.Equal(expected, SlackSignature.Read(headers, DateTimeOffset.FromUnixTimeSeconds(1795141000)).Reason);
    }

    private static JsonElement Vector(string name) =>
        File.GetProperty("vectors").EnumerateArray().Single(v => v.GetProperty("name").GetString() == name);

    private static HeaderDictionary Headers(JsonElement vector) => new()
    {
        ["x-slack-signature"] = vector.GetProperty("signature").GetString(),
        ["x-slack-request-timestamp"] = vector.GetProperty("timestamp").GetString(),
    };

    private static byte[] Secret(JsonElement vector) => Encoding.UTF8.GetBytes(vector.GetProperty("signing_secret").GetString()!);

    private static byte[] BodyOf(JsonElement vector) => vector.TryGetProperty("body_file", out var file)
        ? Fixtures.Read($"vectors/{file.GetString()}")
        : Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!);
}
