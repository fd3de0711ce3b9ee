using System.Threading.RateLimiting;
using Incidents.WebFront.Webhooks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Pages;

/// <summary>Where somebody asks what became of an alert. What is short has an address of its own, to be shared.</summary>
internal static class FindEndpoints
{
    private const string Pasted = "pasted";
    private const int MostWaiting = 100; // without their bodies

    public static void MapFind(this IEndpointRouteBuilder read)
    {
        read.MapGet("/find", Get);
        read.MapPost("/find", Post).RequireRateLimiting(Pasted).Finally(TakesWhatWebhooksTake);
    }

    /// <summary>As few large bodies are in memory at once as of webhooks.</summary>
    public static void AddFind(this IServiceCollection services) => services.AddRateLimiter(static limits =>
    {
        limits.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
        limits.AddPolicy(Pasted, static http => RateLimitPartition.GetConcurrencyLimiter(Pasted, _ => new()
        {
            PermitLimit = http.RequestServices.GetRequiredService<IOptions<WebhookOptions>>().Value.MaxLargeInFlight,
            QueueLimit = MostWaiting,
        }));
    });

    /// <summary>Last, when the settings are known to be sound.</summary>
    private static void TakesWhatWebhooksTake(EndpointBuilder made)
    {
        var longest = made.ApplicationServices.GetRequiredService<IOptions<WebhookOptions>>().Value.MaxBodyBytes;
        new Made(made)
            .WithMetadata(new RequestSizeLimitAttribute(2L * longest)) // somewhat too large is still answered
            .WithFormOptions(valueLengthLimit: longest, multipartBodyLengthLimit: 2L * longest);
    }

    private sealed class Made(EndpointBuilder endpoint) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention) => convention(endpoint);
    }

    private static Task<IResult> Get(HttpContext http, AlertFinder finder) => Answer(http, http.Request.Query["q"], finder);

    private static async Task<IResult> Post(HttpContext http, AlertFinder finder)
    {
        var asked = (await http.Request.ReadFormAsync(http.RequestAborted))["q"].ToString().Trim();
        if (asked.Length > Question.FitsAnAddress || Question.Of(asked) is null or Question.Payload)
        {
            return await Answer(http, asked, finder);
        }

        http.Response.Headers.Location = $"/find?q={Uri.EscapeDataString(asked)}";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static Task<IResult> Answer(HttpContext http, string? asked, AlertFinder finder) => PageAnswer.Ask(http, async cancel =>
        PageAnswer.Show<FindPage>(new()
        {
            [nameof(FindPage.Viewer)] = Viewer.Of(http),
            [nameof(FindPage.Asked)] = asked,
            [nameof(FindPage.Answer)] = Question.Of(asked) is { } question ? await finder.Find(question, cancel) : null,
        }));
}
