using System.Globalization;
using Incidents.WebFront.Hosting;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Pages;

/// <summary>How the service is, for people.</summary>
internal static class SystemPageEndpoints
{
    public static void MapSystemPages(this IEndpointRouteBuilder read)
    {
        read.MapGet("/system", System);
        read.MapGet("/system/rejected", Rejected);
        read.MapGet("/system/rejected/{id:long}", One);
    }

    private static async Task<IResult> System(HttpContext http, SystemReader reader, IConfiguration configuration) =>
        PageAnswer.Show<SystemPage>(new()
        {
            [nameof(SystemPage.Viewer)] = Viewer.Of(http),
            [nameof(SystemPage.View)] = await reader.Read(Watching.HasDashboard(configuration), http.RequestAborted),
        });

    private static Task<IResult> Rejected(HttpContext http, RejectedQueries rejected) => PageAnswer.Ask(http, async cancel =>
    {
        var cursor = http.Request.Query["before"].ToString();
        long? before = Cursor.TryRead(cursor, RejectedQueries.Signature, 1, out var values)
            && long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        var page = await rejected.List(before, SystemReader.MostRejected, cancel);
        return PageAnswer.Show<RejectedListPage>(new()
        {
            [nameof(RejectedListPage.Viewer)] = Viewer.Of(http),
            [nameof(RejectedListPage.Rows)] = page.Rows,
            [nameof(RejectedListPage.Older)] = page.Next,
        });
    });

    private static Task<IResult> One(HttpContext http, long id, RejectedQueries rejected) => PageAnswer.Ask(http, async cancel =>
        await rejected.Find(id, cancel) is { } row
            ? PageAnswer.Show<RejectedBodyPage>(new() { [nameof(RejectedBodyPage.Viewer)] = Viewer.Of(http), [nameof(RejectedBodyPage.Row)] = row })
            : PageAnswer.NotFound(http));
}
