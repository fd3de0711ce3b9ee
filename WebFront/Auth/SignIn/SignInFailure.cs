using System.Text.Json;

namespace Incidents.WebFront.Auth.SignIn;

/// <summary>Why somebody is back at the sign-in page. More is said to nobody: the log and the audit have it.</summary>
public enum SignInFailure
{
    /// <summary>The provider knows them, and they have no role here.</summary>
    NoRole = 1,

    /// <summary>The provider refused, or what came back is not sound.</summary>
    Failed,

    /// <summary>The provider does not answer.</summary>
    ProviderAway,

    /// <summary>The sign-in could not be written down.</summary>
    DatabaseAway,

    /// <summary>They signed out.</summary>
    SignedOut,
}

internal static class SignInFailures
{
    public static string Text(this SignInFailure why) => JsonNamingPolicy.SnakeCaseLower.ConvertName(why.ToString());

    public static SignInFailure? Parse(string? text) => Enum.GetValues<SignInFailure>()
        .Where(why => why.Text() == text)
        .Select(static why => (SignInFailure?)why)
        .FirstOrDefault();
}
