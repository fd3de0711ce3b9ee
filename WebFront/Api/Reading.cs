using MySqlConnector;

namespace Incidents.WebFront.Api;

/// <summary>Answers a question that the database is asked.</summary>
internal static class Reading
{
    public static async Task<IResult> Answer(HttpContext http, Func<CancellationToken, Task<IResult>> query)
    {
        try
        {
            return await query(http.RequestAborted);
        }
        catch (MySqlException e) when (e.ErrorCode is MySqlErrorCode.CommandTimeoutExpired or MySqlErrorCode.QueryInterrupted)
        {
            return Problems.Unavailable(http.Response, "That took too long; ask for less: with since, service or rule.");
        }
        catch (Exception e) when (e is MySqlException or IOException) // the driver's for a connection that ends midway
        {
            return Problems.Unavailable(http.Response, "The database does not answer.");
        }
    }

    /// <summary>The same once the parameters are found sound.</summary>
    public static Task<IResult> Answer(HttpContext http, ParameterReader parameters, Func<CancellationToken, Task<IResult>> query) =>
        parameters.Problem is { } problem ? Task.FromResult<IResult>(problem) : Answer(http, query);
}
