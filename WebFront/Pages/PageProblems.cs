namespace Incidents.WebFront.Pages;

/// <summary>Says to a person, as a page, what programs hear as RFC 9457 problems.</summary>
internal sealed class PageProblems : IProblemDetailsWriter
{
    /// <summary>Whatever is asked for under these is for programs, whoever asks.</summary>
    private static readonly PathString[] ForPrograms =
        ["/api", "/webhook", "/slack", "/health", "/metrics", "/openapi", "/dashboard", "/assets", "/live"];

    public bool CanWrite(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        return request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            && !AreForPrograms(request.Path);
    }

    public static bool AreForPrograms(PathString asked) => Array.Exists(ForPrograms, path => asked.StartsWithSegments(path));

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var status = http.Response.StatusCode;
        var (title, text) = status switch
        {
            StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => (Words.RefusedTitle, context.ProblemDetails.Detail ?? Words.Refused),
            StatusCodes.Status404NotFound => (Words.NotFoundTitle, Words.NotFound),
            >= StatusCodes.Status500InternalServerError => (Words.BrokenTitle, Words.Broken),
            _ => (Words.BadRequestTitle, context.ProblemDetails.Detail ?? Words.NotFound),
        };
        SecurityHeaders.SetFor(http.Response);
        await PageAnswer.Failure(http, status, title, text).ExecuteAsync(http);
    }
}
