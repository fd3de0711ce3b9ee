using Incidents.Grains.Interfaces;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Hosting;
using Incidents.WebFront.Queries;
using MySqlConnector;

namespace Incidents.WebFront.Api;

/// <summary><c>GET /api/senders</c>: which Grafana sent this, with which version, how long ago.</summary>
internal static class SenderEndpoints
{
    /// <summary>Whether a sender is silent is worth a short wait only.</summary>
    private static readonly TimeSpan AskSilosWithin = TimeSpan.FromSeconds(2);

    public static void MapSenders(this WebApplication app) =>
        app.MapGet("/api/senders", List).AddEndpointFilter<LocalOnly>();

    private static async Task<IResult> List(HttpContext http, SenderQueries queries, IGrainFactory grains, TimeProvider clock)
    {
        try
        {
            var rows = await queries.List(http.RequestAborted);
            var watch = await Watch(grains, clock, http.RequestAborted);
            return TypedResults.Ok(SenderList.Of(rows, watch, clock.GetUtcNow()));
        }
        catch (MySqlException)
        {
            return Problems.Unavailable(http.Response, "The database does not answer.");
        }
    }

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
