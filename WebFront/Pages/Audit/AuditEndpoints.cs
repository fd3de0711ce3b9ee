using System.Globalization;
using Incidents.WebFront.AuditTrail;
using Incidents.WebFront.Queries;

namespace Incidents.WebFront.Pages.Audit;

/// <summary>Administrators see who did what.</summary>
internal static class AuditEndpoints
{
    private const int Limit = 50;
    private const int MaxFilter = 190;

    public static void MapAudit(this IEndpointRouteBuilder admin) => admin.MapGet("/audit", Show);

    private static Task<IResult> Show(
        HttpContext http, AuditQueries queries, string? actor, string? action, string? target, string? before) =>
        PageAnswer.Ask(http, async cancel =>
        {
            if (action is { Length: > 0 } && !AuditEntry.Actions.Contains(action) || actor?.Length > MaxFilter || target?.Length > MaxFilter)
            {
                return PageAnswer.Failure(http, StatusCodes.Status400BadRequest, Words.BadRequestTitle, AuditWords.NoSuch);
            }

            var filter = new AuditFilter(Given(actor), Given(action), Given(target));
            long? from = long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            var page = await queries.List(filter, from, Limit, cancel);
            return PageAnswer.Show<AuditPage>(new()
            {
                [nameof(AuditPage.Viewer)] = Viewer.Of(http),
                [nameof(AuditPage.Rows)] = page.Rows,
                [nameof(AuditPage.Actor)] = filter.Actor,
                [nameof(AuditPage.Action)] = filter.Action,
                [nameof(AuditPage.Target)] = filter.Target,
                [nameof(AuditPage.Older)] = page.Next is { } next ? Address(filter, next) : null,
                [nameof(AuditPage.Newest)] = from is null ? null : Address(filter, null),
            });
        });

    private static string Address(AuditFilter filter, string? before) => "/audit" + QueryString.Create(
        new KeyValuePair<string, string?>[]
        {
            new("actor", filter.Actor), new("action", filter.Action), new("target", filter.Target), new("before", before),
        }.Where(static part => part.Value is not null));

    private static string? Given(string? text) => text?.Trim() is { Length: > 0 and <= MaxFilter } given ? given : null;
}
