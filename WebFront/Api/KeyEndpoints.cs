using System.ComponentModel;
using System.Text.Json;
using Incidents.WebFront.Webhooks;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Incidents.WebFront.Api;

/// <summary>Why an alert belongs to the incident it belongs to, for whoever writes rules and labels.</summary>
internal static class KeyEndpoints
{
    private const int MaxLabels = 64;
    private const int MaxBodyBytes = 1_048_576;

    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var explain = api.MapGroup("/keys/explain").WithTags("Keys");
        explain.MapGet("", FromLabels)
            .WithSummary("Which incident key an alert with these labels has, and why")
            .WithDescription("The parts of the key, where each comes from, and the key's latest incident. Nothing is stored.")
            .Produces<ExplainedKeys>();
        explain.MapPost("", FromBody)
            .WithSummary("Which incident keys the alerts of a body have, and why")
            .WithDescription("A webhook's whole body, or one alert such as {\"labels\":{…}}; at most 1 MiB and 1,000 alerts. Nothing is stored.")
            .Accepts<JsonElement>("application/json")
            .Produces<ExplainedKeys>().ProducesProblem(413).ProducesProblem(415);
    }

    private static Task<IResult> FromLabels(
        HttpContext http,
        [FromQuery(Name = "label"), Description("NAME=VALUE; repeated, 1 to 64 times.")] string[]? label,
        KeyExplainer explainer)
    {
        var reader = new ParameterReader();
        var alert = label is { Length: > 0 and <= MaxLabels } ? KeyExplainer.Alert(label) : null;
        if (alert is null)
        {
            reader.Refuse("label", $"label must be given 1 to {MaxLabels} times, as NAME=VALUE.");
        }

        return Reading.Answer(http, reader, cancel => Explain(explainer, alert!, cancel));
    }

    private static async Task<IResult> FromBody(HttpContext http, KeyExplainer explainer)
    {
        if (!http.Request.HasJsonContentType())
        {
            return Problems.NotJson();
        }

        // Somewhat too large is read to its end, so that the caller hears the answer and no broken connection.
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = 2 * MaxBodyBytes;
        try
        {
            return await BodyReader.Read(http.Request, MaxBodyBytes, http.RequestAborted) is { } body
                ? await Reading.Answer(http, cancel => Explain(explainer, body, cancel))
                : Problems.TooLarge();
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? Problems.TooLarge()
                : Problems.BadRequest("The body could not be read.");
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return Problems.BadRequest("The body broke off."); // whoever sent it is most likely gone
        }
    }

    private static async Task<IResult> Explain(KeyExplainer explainer, byte[] json, CancellationToken cancel) =>
        explainer.Explain(json, out var reason) is { } keys
            ? TypedResults.Ok(new ExplainedKeys(await explainer.WithIncidents(keys, cancel)))
            : Problems.BadRequest(reason == RejectReason.TooManyAlerts
                ? $"The body has more than {KeyExplainer.MaxAlerts} alerts."
                : reason.Message());
}
