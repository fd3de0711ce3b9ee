using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Incidents.TestKit;
using Incidents.WebFront.Slack;

namespace Incidents.WebFront.Tests.Slack;

/// <summary>What Slack posts, made of its real bodies.</summary>
internal static class SlackBody
{
    public const string Secret = "fixture-signing-secret-0002";

    public static JsonObject Fixture(string name) => JsonNode.Parse(Fixtures.Read($"slack/{name}.json"))!.AsObject();

    public static byte[] Form(JsonNode payload) => Encoding.UTF8.GetBytes("payload=" + WebUtility.UrlEncode(payload.ToJsonString()));

    public static JsonObject Button(
        string action, string incident, int revision, string user = "U045ONCALL", string name = "minsu.kim", string? responseUrl = null)
    {
        var payload = Fixture("block_actions_ack");
        payload["user"] = new JsonObject { ["id"] = user, ["username"] = name, ["name"] = name, ["team_id"] = "T0123ABCD" };
        payload["actions"]![0]!["action_id"] = action;
        payload["actions"]![0]!["value"] = $"{incident} {revision}";
        payload["response_url"] = responseUrl;
        return payload;
    }

    /// <summary>The form as it comes back.</summary>
    /// <param name="memo">What was sent along with it.</param>
    public static JsonObject Answer(
        string memo, string view = "V0VIEW00001", string? actionTaken = null, string? rootCause = null, JsonNode? choice = null)
    {
        var payload = Fixture("view_submission_mute");
        payload["view"]!["id"] = view;
        payload["view"]!["callback_id"] = "incident_resolution";
        payload["view"]!["private_metadata"] = memo;
        payload["view"]!["state"]!["values"] = new JsonObject
        {
            ["action_taken"] = new JsonObject { ["text"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = actionTaken } },
            ["root_cause"] = new JsonObject { ["text"] = new JsonObject { ["type"] = "plain_text_input", ["value"] = rootCause } },
            ["is_noise"] = new JsonObject { ["choice"] = choice },
        };
        return payload;
    }

    public static HttpRequestMessage Signed(byte[] body, DateTimeOffset? at = null, string secret = Secret)
    {
        var timestamp = (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = SlackSignature.Sign(Encoding.UTF8.GetBytes(secret), timestamp, body);
        var request = new HttpRequestMessage(HttpMethod.Post, "/slack/interactions") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        request.Headers.Add(SlackSignature.Header.ToLowerInvariant(), $"v0={Convert.ToHexStringLower(signature)}");
        request.Headers.Add(SlackSignature.TimestampHeader.ToUpperInvariant(), timestamp);
        return request;
    }

    public static async Task<HttpStatusCode> Press(this HttpClient client, JsonNode payload)
    {
        using var request = Signed(Form(payload));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
