using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks;

/// <summary>The way of one webhook: admitted, read, parsed, sent to its grains, answered after they committed.</summary>
internal sealed partial class WebhookEndpoint(
    IOptions<WebhookOptions> options,
    WebhookGate gate,
    DeliverySlots slots,
    DeliveryDesk desk,
    TimeProvider clock,
    ILogger<WebhookEndpoint> logger)
{
    public async Task Handle(HttpContext http, WebhookSource source)
    {
        if (gate.Refuse(http.Request) is { } refusal)
        {
            await Answer(http.Response, refusal);
            return;
        }

        var arrival = Arrival.Of(source, source.Text(), clock.GetUtcNow(), options.Value.AnswerWithin);
        using var deadline = new CancellationTokenSource(options.Value.AnswerWithin, clock);
        try
        {
            using var slot = await slots.Take(http.Request.ContentLength, deadline.Token);
            if (await ReadBody(http, deadline.Token) is { } body)
            {
                // From here on the sender may hang up: what has been read is carried through.
                await desk.Process(http.Response, arrival, body, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !http.Response.HasStarted)
        {
            LogNotInTime(arrival.DeliveryId, source);
            http.Response.Headers.RetryAfter = "5";
            await Answer(http.Response, new(503, "not_in_time", "Not stored in time; send it again."));
        }
    }

    /// <summary>Null when the request has been answered, or has nobody left to answer.</summary>
    private async Task<byte[]?> ReadBody(HttpContext http, CancellationToken deadline)
    {
        // A body somewhat too large is answered by us and then read to its end: a connection reset would reach the
        // sender before our 413 does.
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize =
            2L * options.Value.MaxBodyBytes;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, deadline);
        try
        {
            var body = await BodyReader.Read(http.Request, options.Value.MaxBodyBytes, either.Token);
            if (body is null)
            {
                await Answer(http.Response, new(413, "body_too_large", "The body is larger than Webhooks:MaxBodyBytes."));
            }

            return body;
        }
        catch (BadHttpRequestException e)
        {
            await Answer(http.Response, new(e.StatusCode, "bad_request", "The body could not be read."));
            return null;
        }
        catch (Exception e) when (e is (IOException or OperationCanceledException) && http.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
        catch (IOException)
        {
            await Answer(http.Response, new(400, "bad_request", "The body could not be read."));
            return null;
        }
    }

    private static Task Answer(HttpResponse response, Refusal refusal)
    {
        if (refusal.Status == 401)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        return WebhookAnswer.Refused(response, refusal.Status, refusal.Reason, refusal.Message, []);
    }

    [LoggerMessage(LogLevel.Error, "Delivery {DeliveryId} from {Source}: answered 503, not stored in time")]
    private partial void LogNotInTime(Guid deliveryId, WebhookSource source);
}
