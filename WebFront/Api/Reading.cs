using MySqlConnector;

namespace Incidents.WebFront.Api;

/// <summary>Answers a question that the database is asked.</summary>
internal static class Reading
{
    private const string TooLong = "The database did not answer in time.";

    public static Task<IResult> Answer(HttpContext http, Func<CancellationToken, Task<IResult>> query) => Answer(http, TooLong, query);

    /// <summary>The same once the parameters are found sound.</summary>
    public static Task<IResult> Answer(HttpContext http, ParameterReader parameters, Func<CancellationToken, Task<IResult>> query) =>
        parameters.Problem is { } problem
            ? Task.FromResult<IResult>(problem)
            : Answer(http, TooLong + " Ask for less: with a filter, or a smaller limit.", query);

    private static async Task<IResult> Answer(HttpContext http, string tooLong, Func<CancellationToken, Task<IResult>> query)
    {
        try
        {
            return await query(http.RequestAborted);
        }
        catch (MySqlException e) when (e.ErrorCode is MySqlErrorCode.CommandTimeoutExpired or MySqlErrorCode.QueryInterrupted)
        {
            return Problems.Unavailable(http.Response, tooLong);
        }
        catch (Exception e) when (e is MySqlException or IOException) // the driver's for a connection that ends midway
        {
            return Problems.Unavailable(http.Response, "The database does not answer.");
        }
    }
}
