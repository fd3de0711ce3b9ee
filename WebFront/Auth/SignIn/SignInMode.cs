namespace Incidents.WebFront.Auth.SignIn;

/// <summary>How people come in; the lower-case name is what <c>SignIn:Mode</c> says.</summary>
internal enum SignInMode
{
    /// <summary>From this machine only, or with an API token.</summary>
    None = 1,

    /// <summary>By an OpenID Connect provider.</summary>
    Oidc,

    /// <summary>A proxy in front signs them in and says who they are.</summary>
    Proxy,
}

internal static class SignInModes
{
    /// <summary>Null when the setting is none of them.</summary>
    public static SignInMode? Parse(string? text) =>
        string.IsNullOrEmpty(text) ? SignInMode.None
        : Array.Find(Enum.GetValues<SignInMode>(), mode => mode.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) is var found and not 0
            ? found
            : null;

    public static SignInMode Of(IConfiguration configuration) =>
        Parse(configuration[$"{SignInOptions.Section}:{nameof(SignInOptions.Mode)}"]) ?? SignInMode.None;
}
