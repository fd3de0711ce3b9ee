using System.Net;
using System.Text;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>The API as a program uses it.</summary>
internal static class Commands
{
    public static Task<(HttpStatusCode Status, JsonElement Answer)> Command(
        this IncidentsSystem system, string incident, string command, string body = "{}", Guid? idempotencyKey = null) =>
        system.Send(HttpMethod.Post, $"/api/incidents/{incident}/{command}", body, idempotencyKey);

    public static Task<(HttpStatusCode Status, JsonElement Answer)> Amend(
        this IncidentsSystem system, string incident, string body, Guid? idempotencyKey = null) =>
        system.Send(HttpMethod.Patch, $"/api/incidents/{incident}", body, idempotencyKey);

    public static async Task<(HttpStatusCode Status, JsonElement Answer)> Send(
        this IncidentsSystem system, HttpMethod method, string path, string body, Guid? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        if (idempotencyKey is { } key)
        {
            request.Headers.Add("Idempotency-Key", $"{key}");
        }

        return await Send(system, request);
    }

    public static async Task<(HttpStatusCode Status, JsonElement Answer)> Get(this IncidentsSystem system, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await Send(system, request);
    }

    /// <summary>What must be there.</summary>
    public static async Task<JsonElement> Read(this IncidentsSystem system, string path)
    {
        var (status, answer) = await system.Get(path);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {(int)status} {answer}");
        return answer;
    }

    /// <summary>One text of each element of a list.</summary>
    public static IReadOnlyList<string?> Texts(this JsonElement answer, string list, string member) =>
        [.. answer.GetProperty(list).EnumerateArray().Select(element => element.Text(member))];

    public static string? Text(this JsonElement answer, string member) => answer.GetProperty(member).ToString();

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> Send(IncidentsSystem system, HttpRequestMessage request)
    {
        using var answer = await system.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonElement.Parse(text));
    }
}
