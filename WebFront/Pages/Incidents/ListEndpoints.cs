using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Pages;

/// <summary>The page of incidents.</summary>
internal static class ListEndpoints
{
    public static void MapList(this IEndpointRouteBuilder read)
    {
        read.MapGet("/", List);
        read.MapGet("/counts", Counts);
    }

    private static Task<IResult> List(HttpContext http, ListReader reader) => PageAnswer.Ask(http, async cancel =>
    {
        var view = await reader.Read(http.Request.Query, cancel);
        return PageAnswer.Show<IncidentsPage>(
            new()
            {
                [nameof(IncidentsPage.Viewer)] = Viewer.Of(http),
                [nameof(IncidentsPage.View)] = view,
                [nameof(IncidentsPage.Press)] = Guid.NewGuid(),
            },
            view.Fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    });

    /// <summary>The bit of the page with the counts, for its script to fetch while the list is open.</summary>
    private static Task<IResult> Counts(HttpContext http, CountQueries counts) => PageAnswer.Ask(http, async cancel =>
        PageAnswer.Show<ListCounts>(new()
        {
            [nameof(ListCounts.Address)] = ListAddress.Of(http.Request.Query),
            [nameof(ListCounts.Counts)] = await counts.Lately(cancel),
        }));
}
