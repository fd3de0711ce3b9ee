using System.Security.Claims;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Auth.SignIn;

namespace Incidents.WebFront.Pages;

/// <summary>Who looks at a page, and what they may do; whichever way they were let in.</summary>
public sealed record Viewer(string Name, Scope Scope)
{
    public bool CanAct => Scope >= Scope.Act && !IsProgram;

    public bool IsAdmin => Scope >= Scope.Admin;

    /// <summary>Came with an API token, which the forms of pages do not take.</summary>
    public bool IsProgram { get; init; }

    /// <summary>Has a session of ours, that can be ended.</summary>
    public bool CanSignOut { get; init; }

    /// <summary>Null before signing in.</summary>
    public static Viewer? Of(HttpContext http) => ScopeText.Parse(http.User.FindFirstValue(ScopeText.Claim)) is { } scope
        ? new(Caller.Name(http), scope) { CanSignOut = Session.IsOf(http.User), IsProgram = http.User.Identity?.AuthenticationType == ApiTokenHandler.Name }
        : null;
}
