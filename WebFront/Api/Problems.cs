using Incidents.Grains.Interfaces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Incidents.WebFront.Api;

/// <summary>What the API answers when it does not do as asked (RFC 9457).</summary>
internal static class Problems
{
    public static ProblemHttpResult BadRequest(string detail) => TypedResults.Problem(detail, statusCode: 400);

    /// <param name="parameter">The query parameter that is wrong.</param>
    public static ProblemHttpResult BadParameter(string parameter, string detail) =>
        TypedResults.Problem(detail, statusCode: 400, extensions: [new("parameter", parameter)]);

    public static ProblemHttpResult NotAnIncidentId() =>
        BadRequest("An incident id looks like INC-20260102030405-0123456789abcdef.");

    public static ProblemHttpResult UnknownIncident() => TypedResults.Problem("There is no such incident.", statusCode: 404);

    public static ProblemHttpResult UnknownRejected() =>
        TypedResults.Problem("There is no such rejected body, or it is no longer kept.", statusCode: 404);

    public static ProblemHttpResult NotJson() =>
        TypedResults.Problem("Content-Type must be application/json.", statusCode: 415);

    public static ProblemHttpResult TooLarge() => TypedResults.Problem("The body is too large.", statusCode: 413);

    public static ProblemHttpResult Unavailable(HttpResponse response, string detail)
    {
        response.Headers.RetryAfter = "5";
        return TypedResults.Problem(detail, statusCode: 503);
    }

    /// <summary>With what the incident is now, so that the person can decide anew.</summary>
    public static ProblemHttpResult Refused(CommandOutcome outcome, IncidentState current) => TypedResults.Problem(
        "The incident is not what the command needs it to be, or no longer what it was when you decided.",
        statusCode: 409,
        extensions: [new("outcome", Outcomes.Text(outcome)), new("incident", current)]);
}
