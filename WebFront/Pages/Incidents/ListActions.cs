using Incidents.Grains.Interfaces;
using Incidents.WebFront.AuditTrail;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Commands;

namespace Incidents.WebFront.Pages;

/// <summary>Does what the buttons of a list say.</summary>
internal static class ListActions
{
    public static void MapListActions(this IEndpointRouteBuilder act) => act.MapPost("/acknowledge", Acknowledge);

    /// <summary>One click; what came of it is said at the top of the same list.</summary>
    private static async Task<IResult> Acknowledge(HttpContext http, CommandCarrier carrier)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (Selected.Read(form["incident"]) is not { } chosen || !Guid.TryParse(form["page"], out var page))
        {
            return PageAnswer.Failure(http, StatusCodes.Status400BadRequest, Words.BadRequestTitle, ListWords.NothingSelected);
        }

        var result = await carrier.Carry(new()
        {
            CommandId = PressId.Of(page, CommandKind.Acknowledge, chosen.Id, chosen.Revision),
            Kind = CommandKind.Acknowledge,
            IncidentId = chosen.Id,
            Revision = chosen.Revision,
            Actor = Caller.Name(http),
            Deadline = carrier.AnswerBy,
        }, Origin.Of(http));
        return Back(http, ListFlash.Write(CommandKind.Acknowledge, result?.Outcome, chosen.Id));
    }

    /// <summary>To the list that the form was on, which its address names.</summary>
    public static IResult Back(HttpContext http, IEnumerable<KeyValuePair<string, string?>> flash)
    {
        http.Response.Headers.Location = ListAddress.Of(http.Request.Query).And(flash);
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}
