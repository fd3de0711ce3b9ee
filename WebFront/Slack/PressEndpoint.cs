using Incidents.WebFront.Hosting;
using Incidents.WebFront.Webhooks;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Incidents.WebFront.Slack;

/// <summary>The way of one press: admitted, read, answered at once, and then acted upon.</summary>
internal sealed partial class PressEndpoint(
    SlackGate gate,
    ReadingSlots slots,
    PressesUnderWay underWay,
    Rarely rarely,
    PressInstruments instruments,
    ILogger<PressEndpoint> logger)
{
    private const int MaxBodyBytes = 262_144; // a payload has the pressed message in it, which has 13,000 characters at most

    public async Task<IResult> Handle(HttpContext http)
    {
        if (!gate.HasSecret)
        {
            return TypedResults.Problem("Slack:SigningSecret is not set, so nothing in Slack can be pressed.", statusCode: 404);
        }

        var (reason, claim) = gate.Knock(http.Request);
        if (claim is null)
        {
            return Refused(reason.Status(), reason.Text());
        }

        var (body, fault) = await Read(http);
        if (body is null)
        {
            return fault!;
        }

        reason = gate.Prove(claim, body);
        if (reason != AdmissionReason.Admitted)
        {
            return Refused(reason.Status(), reason.Text());
        }

        var accepted = false;
        try
        {
            var answer = Begin(PressParser.Read(body));
            accepted = answer is null;
            return answer is null ? Results.Empty : answer;
        }
        finally
        {
            gate.End(claim, accepted);
        }
    }

    /// <returns>Null when Slack is answered with an empty 200: then it shows nothing, and closes a form.</returns>
    private ContentHttpResult? Begin(SlackPress? press)
    {
        switch (press)
        {
            case null:
                return Refused(400, "no_payload");
            case SlackPress.Ignored:
                instruments.OnPress("ignored");
                return null;
            default:
                // Slack shows its user that this failed, and keeps a form with what was written in it.
                return underWay.TryBegin(press) ? null : Refused(503, "too_many_presses");
        }
    }

    private async Task<(byte[]? Body, IResult? Fault)> Read(HttpContext http)
    {
        // See WebhookEndpoint: somewhat more is read to its end, so that the answer arrives.
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = 2L * MaxBodyBytes;
        using var slot = slots.TryTake();
        if (slot is null)
        {
            return (null, Refused(503, "too_many_presses"));
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, slot.Deadline);
        try
        {
            var body = await BodyReader.Read(http.Request, MaxBodyBytes, either.Token);
            return (body, body is null ? Refused(413, WebhookInstruments.BodyTooLarge) : null);
        }
        catch (BadHttpRequestException e)
        {
            return (null, Refused(e.StatusCode, WebhookInstruments.BadRequest));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return (null, Refused(400, WebhookInstruments.BadRequest));
        }
    }

    /// <summary>The one place where a request is turned away.</summary>
    private ContentHttpResult Refused(int status, string reason)
    {
        instruments.OnRefused(reason);
        if (rarely.Now($"slack {reason}"))
        {
            LogRefused(status, reason);
        }

        return TypedResults.Text(reason, statusCode: status);
    }

    [LoggerMessage(LogLevel.Warning, "A request at /slack/interactions was answered {Status}: {Reason}; said at most once a minute")]
    private partial void LogRefused(int status, string reason);
}
