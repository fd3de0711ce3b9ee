using Incidents.Grains.Interfaces;
using Incidents.WebFront.Queries;
using Microsoft.Extensions.Primitives;

namespace Incidents.WebFront.Pages;

/// <summary>Does the same with several incidents: asks once, then tells of each what came of it.</summary>
internal static class BulkActions
{
    private const int Most = 100;

    public static void MapBulkActions(this IEndpointRouteBuilder act)
    {
        act.MapPost("/bulk", Ask);
        act.MapPost("/bulk/confirm", Confirm);
    }

    /// <summary>Shows the selected as they are now, which is what the person then confirms.</summary>
    private static async Task<IResult> Ask(HttpContext http, IncidentQueries incidents)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var one = form["resolve"];
        var kind = one.Count > 0 ? CommandKind.Resolve : KindOf(form["kind"]);
        var chosen = Chosen(one.Count > 0 ? one : form["selected"]);
        if (kind is not { } what || chosen is not { Count: > 0 } || !Guid.TryParse(form["page"], out var page))
        {
            return Refused(http, chosen);
        }

        return await PageAnswer.Ask(http, async cancel => PageAnswer.Show<BulkPage>(new()
        {
            [nameof(BulkPage.Viewer)] = Viewer.Of(http),
            [nameof(BulkPage.Kind)] = what,
            [nameof(BulkPage.Rows)] = await incidents.Of([.. chosen.Select(static one => one.Id)], cancel),
            [nameof(BulkPage.Address)] = ListAddress.Of(http.Request.Query),
            [nameof(BulkPage.Press)] = page,
        }));
    }

    /// <summary>No redirect follows, since the answer is about up to a hundred incidents: sending the form again does
    /// nothing again, and shows the same.</summary>
    private static async Task<IResult> Confirm(HttpContext http, BulkCarrier carrier, IncidentQueries incidents)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var chosen = Chosen(form["selected"]);
        if (KindOf(form["kind"]) is not { } kind || chosen is not { Count: > 0 } || !Guid.TryParse(form["page"], out var page))
        {
            return Refused(http, chosen);
        }

        if (FoundOut.Read(form) is not { } found)
        {
            return PageAnswer.Failure(http, StatusCodes.Status400BadRequest, Words.BadRequestTitle, ListWords.TextTooLong, await WrittenText.OfOurForm(http));
        }

        var outcomes = await carrier.Carry(kind, chosen, page, found, Auth.Caller.Name(http), AuditTrail.Origin.Of(http));
        if (outcomes is [{ IsDone: false } refused] && (found.ActionTaken ?? found.RootCause) is not null)
        {
            // Who wrote something has it still, upon the incident as it is by now.
            return await PageAnswer.Ask(http, async cancel => PageAnswer.Show<BulkPage>(
                new()
                {
                    [nameof(BulkPage.Viewer)] = Viewer.Of(http),
                    [nameof(BulkPage.Kind)] = kind,
                    [nameof(BulkPage.Rows)] = await incidents.Of([refused.Id], cancel),
                    [nameof(BulkPage.Address)] = ListAddress.Of(http.Request.Query),
                    [nameof(BulkPage.Press)] = Guid.NewGuid(),
                    [nameof(BulkPage.Refusal)] = OutcomeWords.Of(kind, refused.Outcome),
                    [nameof(BulkPage.ActionTaken)] = found.ActionTaken,
                    [nameof(BulkPage.RootCause)] = found.RootCause,
                },
                StatusCodes.Status409Conflict));
        }

        if (outcomes is [var only])
        {
            return ListActions.Back(http, ListFlash.Write(kind, only.Outcome, only.Id));
        }

        return await PageAnswer.Ask(http, async cancel => PageAnswer.Show<BulkResult>(new()
        {
            [nameof(BulkResult.Viewer)] = Viewer.Of(http),
            [nameof(BulkResult.Kind)] = kind,
            [nameof(BulkResult.Outcomes)] = outcomes,
            [nameof(BulkResult.Rows)] = (await incidents.Of([.. chosen.Select(static one => one.Id)], cancel)).ToDictionary(static row => row.IncidentId),
            [nameof(BulkResult.Address)] = ListAddress.Of(http.Request.Query),
        }));
    }

    private static IResult Refused(HttpContext http, List<Selected>? chosen) => PageAnswer.Failure(
        http, StatusCodes.Status400BadRequest, Words.BadRequestTitle, chosen is null ? ListWords.TooMany : ListWords.NothingSelected);

    private static CommandKind? KindOf(StringValues text) => text.ToString() switch
    {
        "acknowledge" => CommandKind.Acknowledge,
        "resolve" => CommandKind.Resolve,
        _ => null,
    };

    /// <summary>Each incident once; null when there are too many.</summary>
    private static List<Selected>? Chosen(StringValues values)
    {
        var chosen = values.Select(Selected.Read).OfType<Selected>().DistinctBy(static one => one.Id).Take(Most + 1).ToList();
        return chosen.Count > Most ? null : chosen;
    }
}
