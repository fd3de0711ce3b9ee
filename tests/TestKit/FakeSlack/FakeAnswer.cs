using System.Text.Json.Nodes;

namespace Incidents.TestKit.FakeSlack;

/// <param name="Word"><c>ok</c>, Slack's error word, or else the status.</param>
internal sealed record FakeAnswer(int Status, string Body, string Type, string? Word = null, TimeSpan? RetryAfter = null)
{
    private const string Json = "application/json; charset=utf-8";

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

    public static FakeAnswer RateLimited(TimeSpan wait) => new(
        429, """{"ok":false,"error":"ratelimited"}""", Json, "ratelimited", TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(wait.TotalSeconds))));

    public static FakeAnswer Text(int status, string text) => new(status, text, "text/plain", text);
}
