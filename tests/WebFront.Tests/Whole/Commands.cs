using System.Net;
using System.Text;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Whole;

/// <summary>The API as a program uses it.</summary>
internal static class Commands
{
    public static async Task<(HttpStatusCode Status, JsonElement Answer)> Command(
        this IncidentsSystem system, string incident, string command, string body = "{}", Guid? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/incidents/{incident}/{command}")
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

    public static string? Text(this JsonElement answer, string member) => answer.GetProperty(member).ToString();

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> Send(IncidentsSystem system, HttpRequestMessage request)
    {
        using var answer = await system.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonElement.Parse(text));
    }
}
