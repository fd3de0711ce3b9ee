using System.Net;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>What a webhook was answered.</summary>
internal sealed record Reply(HttpStatusCode Status, string Text, TimeSpan? RetryAfter)
{
    public IReadOnlyList<Result> Results => [.. Elements("results").Select(static r => new Result(
        r.GetProperty("index").GetInt32(),
        r.GetProperty("incident_id").GetString()!,
        r.GetProperty("incident_key").GetString()!,
        r.GetProperty("is_new_incident").GetBoolean(),
        r.GetProperty("alert_count").GetInt64(),
        r.GetProperty("status").GetString()!))];

    /// <summary>The reasons, in the order of the alerts.</summary>
    public string Rejected => string.Join(' ', Elements("rejected").Select(static r => r.GetProperty("reason").GetString()));

    public IReadOnlyList<string> Keys => [.. Results.Select(static r => r.IncidentKey).Distinct()];

    /// <summary>Of a delivery with one alert.</summary>
    public string IncidentId => Results.Single().IncidentId;

    private JsonElement.ArrayEnumerator Elements(string name) =>
        JsonElement.Parse(Text).TryGetProperty(name, out var list) ? list.EnumerateArray() : default;

    internal sealed record Result(
        int Index, string IncidentId, string IncidentKey, bool IsNewIncident, long AlertCount, string Status);
}

internal static class Posting
{
    private const int MostShown = 1_000;

    public static async Task<Reply> Post(this IncidentsSystem system, byte[] body, string path = "/webhook/grafana")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using var answer = await system.Client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new(answer.StatusCode, text, answer.Headers.RetryAfter?.Delta);
    }

    /// <summary>Posts what must be accepted.</summary>
    public static async Task<Reply> Accept(this IncidentsSystem system, byte[] body, string path = "/webhook/grafana")
    {
        var reply = await system.Post(body, path);
        Assert.True(reply.Status == HttpStatusCode.OK, $"{(int)reply.Status} {reply.Text[..Math.Min(MostShown, reply.Text.Length)]}\n{system.Log}");
        return reply;
    }

    public static Task<Reply> Accept(this IncidentsSystem system, string fixture, string name) =>
        system.Accept(Vary.Fixture(fixture, name));
}
