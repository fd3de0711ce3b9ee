using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Auth;

/// <summary>Who calls, as far as it is proven: the name of the credentials. It is the actor in the timeline; whom the
/// caller says that they act for is kept beside it and proves nothing.</summary>
internal static class Caller
{
    /// <summary>Somebody on this machine, without credentials.</summary>
    public const string Local = "local";

    public const int MaxName = 190; // incident_events.actor

    public static string Name(HttpContext http) => http.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name }
        ? CleanText.Cut(CleanText.Strip(name), MaxName)
        : Local;
}
