using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth.SignIn;

/// <summary>The scheme of people who signed in: a cookie that says who they are and what they may do, and nothing
/// else.</summary>
internal static class Session
{
    public const string Scheme = "Session";
    public const string Cookie = "incidents-session";

    public static void Configure(CookieAuthenticationOptions cookie, IOptions<SignInOptions> signIn)
    {
        cookie.Cookie.Name = Cookie;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax; // Strict would not be sent with the click on a link in Slack
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.Cookie.IsEssential = true;
        cookie.ExpireTimeSpan = signIn.Value.SessionFor;
        cookie.SlidingExpiration = false;
        cookie.Events.OnRedirectToLogin = static context => TurnedAway.Unknown(context.HttpContext);
        cookie.Events.OnRedirectToAccessDenied = static context => TurnedAway.Forbidden(context.HttpContext);
    }

    public static bool IsOf(ClaimsPrincipal user) => user.Identity?.AuthenticationType == Scheme;
}
