using Incidents.Grains.Interfaces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Incidents.WebFront.Api;

/// <summary>What the API answers when it does not do as asked (RFC 9457).</summary>
internal static class Problems
{
    public static ProblemHttpResult BadRequest(string detail) => TypedResults.Problem(detail, statusCode: 400);

    public static ProblemHttpResult UnknownIncident() => TypedResults.Problem("There is no such incident.", statusCode: 404);

    public static ProblemHttpResult NotJson() =>
        TypedResults.Problem("Content-Type must be application/json.", statusCode: 415);

    public static ProblemHttpResult Unavailable(HttpResponse response, string detail)
    {
        response.Headers.RetryAfter = "5";
        return TypedResults.Problem(detail, statusCode: 503);
    }

    /// <summary>With what the incident is now, so that the person can decide anew.</summary>
    public static ProblemHttpResult Refused(CommandOutcome outcome, IncidentState current) => TypedResults.Problem(
        "The incident is no longer what it was when you decided.",
        statusCode: 409,
        extensions: [new("outcome", Outcomes.Text(outcome)), new("incident", current)]);
}
