using System.ComponentModel;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Api;

internal static class RejectedEndpoints
{
    public static void MapRejected(this IEndpointRouteBuilder api)
    {
        var rejected = api.MapGroup("/rejected").WithTags("Rejected");
        rejected.MapGet("", List)
            .WithSummary("What was not accepted, the newest first")
            .WithDescription("With the first 1,024 bytes of each body: as text if it is UTF-8, else in base64.")
            .Produces<RejectedPage>();
        rejected.MapGet("{id}", Find)
            .WithSummary("One body, or alert, that was not accepted")
            .WithDescription("With all of it that is kept (Webhooks:MaxRejectedBytes).")
            .Produces<RejectedRow>().ProducesProblem(404);
    }

    private static Task<IResult> List(HttpContext http, [AsParameters] Paging paging, RejectedQueries rejected)
    {
        var reader = new ParameterReader();
        var (before, limit) = paging.Read(reader, RejectedQueries.Signature);
        return Reading.Answer(http, reader, async cancel =>
        {
            var page = await rejected.List(before, limit, cancel);
            return TypedResults.Ok(new RejectedPage(page.Rows, page.Next));
        });
    }

    private static Task<IResult> Find(
        HttpContext http, [Description("rejected_id of the list.")] string id, RejectedQueries rejected)
    {
        var reader = new ParameterReader();
        var number = reader.Number("id", id, 1, long.MaxValue, "A rejected body has a number for its id.");
        return Reading.Answer(http, reader, async cancel => await rejected.Find(number!.Value, cancel) is { } found
            ? TypedResults.Ok(found)
            : Problems.UnknownRejected());
    }
}
