namespace Incidents.WebFront.Pages.SignIn;

/// <summary>Where somebody goes on after signing in: a path of ours, whatever the link said.</summary>
internal static class ReturnPath
{
    private const int MaxLength = 1500;

    public static string Of(string? asked) =>
        asked is ['/', ..] and not ['/', '/' or '\\', ..] and { Length: <= MaxLength }
        && asked.All(static c => c is > ' ' and < '\x7F') // as a header has it
        && !asked.StartsWith("/sign-in", StringComparison.OrdinalIgnoreCase)
            ? asked
            : "/";
}
