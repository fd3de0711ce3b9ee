using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using MySqlConnector;

namespace Incidents.WebFront.Pages;

/// <summary>Answers with a page.</summary>
internal static class PageAnswer
{
    /// <param name="parameters">By the names of the component's parameters.</param>
    public static IResult Show<TPage>(Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new RazorComponentResult<TPage>(parameters) { StatusCode = status };

    /// <summary>What the database is asked for a page; when it does not answer, a page that says so.</summary>
    public static async Task<IResult> Ask(HttpContext http, Func<CancellationToken, Task<IResult>> question)
    {
        try
        {
            return await question(http.RequestAborted);
        }
        catch (MySqlException e) when (e.ErrorCode is MySqlErrorCode.CommandTimeoutExpired or MySqlErrorCode.QueryInterrupted)
        {
            return Failure(http, StatusCodes.Status503ServiceUnavailable, Words.TooSlowTitle, Words.TooSlow, await WrittenText.OfOurForm(http));
        }
        catch (Exception e) when (e is MySqlException or IOException) // the driver's for a connection that ends midway
        {
            return Failure(http, StatusCodes.Status503ServiceUnavailable, Words.DatabaseAwayTitle, Words.DatabaseAway, await WrittenText.OfOurForm(http));
        }
    }

    /// <summary>After a form: the browser gets the next page, and reloading it does nothing twice.</summary>
    public static IResult SeeOther(HttpContext http, string path)
    {
        http.Response.Headers.Location = path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    public static IResult NotFound(HttpContext http) => Failure(http, StatusCodes.Status404NotFound, Words.NotFoundTitle, Words.NotFound);

    /// <param name="written">What the person had written, and would lose.</param>
    public static IResult Failure(HttpContext http, int status, string title, string text, IReadOnlyList<string>? written = null) => Show<FailurePage>(
        new()
        {
            [nameof(FailurePage.Viewer)] = Viewer.Of(http),
            [nameof(FailurePage.Title)] = title,
            [nameof(FailurePage.Text)] = text,
            [nameof(FailurePage.Written)] = written ?? [],
            [nameof(FailurePage.Again)] = HttpMethods.IsGet(http.Request.Method) && status >= 500 ? http.Request.Path + http.Request.QueryString : null,
        },
        status);
}
