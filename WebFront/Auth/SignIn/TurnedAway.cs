using Incidents.WebFront.Pages;

namespace Incidents.WebFront.Auth.SignIn;

/// <summary>What people hear who are not let in: in a browser a page, or the way to the sign-in; programs a problem.</summary>
internal static class TurnedAway
{
    /// <summary>Nobody knows who it is.</summary>
    public static async Task Unknown(HttpContext http)
    {
        var request = http.Request;
        if (!WantsPage(request))
        {
            http.Response.Headers.WWWAuthenticate = ApiTokenHandler.Name;
            await Say(http, 401, "Sign in, or send an API token: Authorization: Bearer TOKEN.");
            return;
        }

        if (SignInModes.Of(http.RequestServices.GetRequiredService<IConfiguration>()) != SignInMode.Oidc)
        {
            await Show(http, 401, SignInWords.NotByProxyTitle, SignInWords.NotByProxy);
            return;
        }

        if (!HttpMethods.IsGet(request.Method))
        {
            await Show(http, 401, SignInWords.SignedOutTitle, SignInWords.SignedOut, await WrittenText.Of(http));
            return;
        }

        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect($"/sign-in{QueryString.Create("return", request.Path + request.QueryString)}");
    }

    /// <summary>Known, but nobody gave them a role.</summary>
    public static Task WithoutRole(HttpContext http) => WantsPage(http.Request)
        ? Show(http, 403, SignInWords.NoRoleTitle, SignInWords.NoRole)
        : Say(http, 403, "You are known, but have no role here.");

    /// <summary>Known, but their role is too small.</summary>
    public static Task Forbidden(HttpContext http)
    {
        var needed = http.GetEndpoint()?.Metadata.GetMetadata<AccessRule>()?.Needs;
        return WantsPage(http.Request) ? Show(http, 403, Words.RefusedTitle, Words.Refused)
            : Say(http, 403, needed is null
                ? "Nobody may call this: it has no access rule."
                : "Your role does not allow this.");
    }

    private static bool WantsPage(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && (!request.Path.StartsWithSegments("/api") || request.Path.StartsWithSegments("/api/docs"));

    private static Task Show(HttpContext http, int status, string title, string text, IReadOnlyList<string>? written = null)
    {
        SecurityHeaders.SetFor(http.Response);
        return PageAnswer.Failure(http, status, title, text, written).ExecuteAsync(http);
    }

    private static Task Say(HttpContext http, int status, string detail) => TypedResults.Problem(detail, statusCode: status).ExecuteAsync(http);
}
