using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

/// <param name="Word"><c>ok</c>, Slack's error word, or else the status.</param>
internal sealed record FakeAnswer(int Status, string Body, string Type, string? Word = null, string? RetryAfter = null)
{
    private const string Json = "application/json; charset=utf-8";

    /// <summary>Of a redirect.</summary>
    public Uri? Location { get; init; }

    public static FakeAnswer Ok(JsonObject body)
    {
        body.Insert(0, "ok", true);
        return new(200, body.ToJsonString(), Json, "ok");
    }

    /// <param name="why">What is wrong where.</param>
    public static FakeAnswer Error(string word, string? why = null, JsonObject? more = null)
    {
        var body = more ?? [];
        body.Insert(0, "ok", false);
        body.Insert(1, "error", word);
        if (why is not null)
        {
            body["errors"] = new JsonArray(why);
            body["response_metadata"] = new JsonObject { ["messages"] = new JsonArray($"[ERROR] {why}") };
        }

        return new(200, body.ToJsonString(), Json, word);
    }

    public static FakeAnswer RateLimited(TimeSpan wait) => RateLimited($"{Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0}");

    public static FakeAnswer RateLimited(string? header) =>
        new(429, """{"ok":false,"error":"ratelimited"}""", Json, "ratelimited", header);

    public static FakeAnswer Text(int status, string text) => new(status, text, "text/plain", text);
}
