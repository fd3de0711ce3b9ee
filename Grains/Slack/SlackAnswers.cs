using System.Net;
using System.Text;
using System.Text.Json;

namespace Incidents.Grains.Slack;

/// <summary>What an answer says. Of Slack's methods only 429 and 5xx mean something as a status; all else is in the
/// body.</summary>
internal static class SlackAnswers
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <returns>And the body, with <see cref="SlackOutcome.Done"/>.</returns>
    public static (SlackReply Reply, JsonElement Body) OfMethod(SlackAnswer answer)
    {
        try
        {
            return Read(answer);
        }
        catch (InvalidOperationException) // half a surrogate pair, in a name or a text
        {
            return (new(SlackOutcome.Unsure, $"{Status(answer)} with text that is none"), default);
        }
    }

    private static (SlackReply Reply, JsonElement Body) Read(SlackAnswer answer)
    {
        if (OfStatus(answer) is { } reply)
        {
            return (reply, default);
        }

        if (Json(answer.Body) is not { ValueKind: JsonValueKind.Object } body)
        {
            return (new(IsRefusal(answer.Status) ? SlackOutcome.NotSent : SlackOutcome.Unsure, $"{Status(answer)} without an answer of Slack"), default);
        }

        if (body.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True)
        {
            return (new(SlackOutcome.Done, Channel: Text(body, "channel"), Ts: Text(body, "ts")), body);
        }

        return Text(body, "error") is { Length: > 0 } word
            ? (Failed(SlackErrors.OutcomeOf(word), word + Details(body), answer), default)
            : (new(SlackOutcome.Unsure, $"{Status(answer)} that says neither ok nor error"), default);
    }

    public static SlackReply OfWebhook(SlackAnswer answer)
    {
        if (OfStatus(answer) is { } reply)
        {
            return reply;
        }

        // Other text may be a page of something on the way, which shows the address that was asked for.
        var text = Encoding.UTF8.GetString(answer.Body.AsSpan(0, Math.Min(answer.Body.Length, 1_000))).Trim();
        return answer.Status switch
        {
            HttpStatusCode.OK when text == "ok" => new(SlackOutcome.Done),
            HttpStatusCode.OK => new(SlackOutcome.Unsure, $"{Status(answer)} without an answer of Slack"),
            _ => Failed(
                SlackErrors.OfWebhook(answer.Status, text),
                SlackErrorText.IsWord(text) ? $"{Status(answer)}: {text}" : Status(answer),
                answer),
        };
    }

    /// <summary>A member's text; null when it is none.</summary>
    public static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;

    private static SlackReply? OfStatus(SlackAnswer answer) => (int)answer.Status switch
    {
        429 => Failed(SlackOutcome.RateLimited, "ratelimited", answer),
        408 or >= 500 => new(SlackOutcome.Unsure, Status(answer)),
        413 => new(SlackOutcome.Refused, Status(answer)),
        >= 300 and < 400 => new(SlackOutcome.NotSent, $"{Status(answer)}: redirected, so this is not Slack's address"),
        _ => null,
    };

    private static SlackReply Failed(SlackOutcome outcome, string error, SlackAnswer answer) => new(
        outcome, SlackErrorText.Of(error), outcome == SlackOutcome.RateLimited ? Wait(answer.RetryAfter) : null);

    private static TimeSpan Wait(TimeSpan? said) => said is not { } wait ? UsualWait
        : wait < ShortestWait ? ShortestWait
        : wait > LongestWait ? LongestWait
        : wait;

    /// <summary>Something on the way answered, such as a gateway: Slack's methods never do so.</summary>
    private static bool IsRefusal(HttpStatusCode status) => (int)status is >= 400 and < 500;

    private static string Status(SlackAnswer answer) => $"HTTP {(int)answer.Status}";

    private static JsonElement? Json(byte[] body)
    {
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Which scope is missing, or what is wrong where in the blocks.</summary>
    private static string Details(JsonElement body)
    {
        if (Text(body, "needed") is { } scope)
        {
            return $": needs {scope}";
        }

        return body.TryGetProperty("response_metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array
            && messages.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.String } first
                ? $": {first.GetString()}"
                : "";
    }
}
