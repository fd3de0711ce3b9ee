using Incidents.Grains.Interfaces;
using Incidents.WebFront.Hosting;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Api;

/// <summary><c>GET /api/senders</c>: which Grafana sent this, with which version, how long ago.</summary>
internal static class SenderEndpoints
{
    /// <summary>Whether a sender is silent is worth a short wait only.</summary>
    private static readonly TimeSpan AskSilosWithin = TimeSpan.FromSeconds(2);

    public static void MapSenders(this IEndpointRouteBuilder api) => api.MapGet("/senders", List)
        .WithTags("Senders")
        .WithSummary("Who sends, how much, and how long ago")
        .WithDescription("Each sender with its servers (peers). Counts are some seconds old (Senders:WriteEvery).")
        .Produces<SenderList>();

    private static Task<IResult> List(HttpContext http, SenderQueries queries, IGrainFactory grains, TimeProvider clock) =>
        Reading.Answer(http, async cancel =>
        {
            var rows = await queries.List(cancel);
            return TypedResults.Ok(SenderList.Of(rows, await Watch(grains, clock, cancel), clock.GetUtcNow()));
        });

    private static async Task<SenderWatchState?> Watch(IGrainFactory grains, TimeProvider clock, CancellationToken cancel)
    {
        try
        {
            return await grains.Reach<ISenderWatchGrain>(ISenderWatchGrain.Key).GetState().WaitAsync(AskSilosWithin, clock, cancel);
        }
        catch (Exception e) when (RepeatedCall.IsPassing(e))
        {
            return null;
        }
    }
}
