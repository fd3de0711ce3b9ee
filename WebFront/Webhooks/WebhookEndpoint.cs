using Incidents.WebFront.Hosting;
using Incidents.WebFront.Spool;
using Incidents.WebFront.Webhooks.Credentials;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Webhooks;

/// <summary>The way of one webhook: admitted, read, parsed, sent to its grains, answered after they committed.</summary>
internal sealed partial class WebhookEndpoint(
    IOptions<WebhookOptions> options,
    WebhookGate gate,
    DeliverySlots slots,
    WebhookSenders senders,
    DeliverySpool spool,
    DeliveryDesk desk,
    Rarely rarely,
    WebhookInstruments instruments,
    TimeProvider clock,
    ILogger<WebhookEndpoint> logger)
{
    public async Task Handle(HttpContext http, WebhookSource source)
    {
        var knocked = gate.Knock(http.Request, source);
        if (knocked.IsRefused)
        {
            await Refuse(http.Response, knocked, source);
            return;
        }

        var answerWithin = options.Value.AnswerWithin;
        var storedWithin = spool.Patience(answerWithin);
        var arrival = Arrival.Of(source, knocked.Sender ?? source.Text(), clock.GetUtcNow(), storedWithin);
        var (came, read) = (clock.GetTimestamp(), false);
        using var deadline = new CancellationTokenSource(answerWithin, clock);
        try
        {
            using var slot = await slots.Take(http.Request.ContentLength, proven: knocked.Sender is not null, deadline.Token);
            var late = spool.IsTooLate(clock.GetElapsedTime(came));
            if (await ReadBody(http, deadline.Token) is { } body)
            {
                var admission = gate.Prove(knocked, body);
                if (admission.IsRefused)
                {
                    await Refuse(http.Response, admission, source);
                    return;
                }

                slot.Proven();
                read = true;
                var left = storedWithin - clock.GetElapsedTime(came);
                if (late || left <= TimeSpan.Zero)
                {
                    await deadline.CancelAsync(); // to the spool at once
                }
                else
                {
                    deadline.CancelAfter(left);
                }

                await Process(http, admission, arrival with { Sender = admission.Sender ?? arrival.Sender }, body, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!read && deadline.IsCancellationRequested && !http.Response.HasStarted)
        {
            LogNotInTime(arrival.DeliveryId, source);
            http.Response.Headers.RetryAfter = "5";
            await Answer(http.Response, 503, WebhookInstruments.NotInTime, "Not stored in time; send it again.");
        }
    }

    /// <summary>From here on the sender may hang up: what has been read is carried through.</summary>
    private async Task Process(HttpContext http, Admission admission, Arrival arrival, byte[] body, CancellationToken deadline)
    {
        var accepted = false;
        try
        {
            await desk.Process(http.Response, arrival, body, deadline);
            accepted = http.Response.StatusCode < 300; // also when nobody hears it any more: it is stored
        }
        finally
        {
            admission.End(accepted);
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
                await Answer(http.Response, 413, WebhookInstruments.BodyTooLarge, "The body is larger than Webhooks:MaxBodyBytes.");
            }

            return body;
        }
        catch (BadHttpRequestException e)
        {
            await Answer(http.Response, e.StatusCode, WebhookInstruments.BadRequest, "The body could not be read.");
            return null;
        }
        catch (Exception e) when (e is (IOException or OperationCanceledException) && http.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
        catch (IOException)
        {
            await Answer(http.Response, 400, WebhookInstruments.BadRequest, "The body could not be read.");
            return null;
        }
    }

    /// <summary>The one place where a delivery is turned away for who sent it or in what form.</summary>
    private Task Refuse(HttpResponse response, Admission admission, WebhookSource source)
    {
        var (reason, status) = (admission.Reason, admission.Reason.Status());
        if (status == 401)
        {
            response.Headers.WWWAuthenticate = senders.Challenges;
        }
        else if (status == 503)
        {
            response.Headers.RetryAfter = "1";
        }

        if (rarely.Now($"{reason} {source} {admission.Sender}"))
        {
            LogRefused(source, status, reason, admission.Sender);
        }

        return Answer(response, status, reason.Text(), reason.Message());
    }

    private Task Answer(HttpResponse response, int status, string reason, string message)
    {
        instruments.OnRefused(reason);
        return WebhookAnswer.Refused(response, status, reason, message, []);
    }

    [LoggerMessage(LogLevel.Warning, "Webhook at {Source} answered {Status}: {Reason}, sender {Sender}; said at most once a minute")]
    private partial void LogRefused(WebhookSource source, int status, AdmissionReason reason, string? sender);

    [LoggerMessage(LogLevel.Error, "Delivery {DeliveryId} from {Source}: answered 503, not stored in time")]
    private partial void LogNotInTime(Guid deliveryId, WebhookSource source);
}
