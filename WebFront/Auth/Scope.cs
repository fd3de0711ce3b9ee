namespace Incidents.WebFront.Auth;

/// <summary>What a caller of the API may do; each includes the ones before it. The lower-case name is what the setting
/// <c>Api:Tokens:NAME:Scope</c> and the claim <c>scope</c> say.</summary>
public enum Scope
{
    /// <summary>Look at everything, change nothing.</summary>
    Read = 1,

    /// <summary>Also acknowledge, resolve, and whatever else people do with incidents.</summary>
    Act,

    /// <summary>Also what concerns the service itself.</summary>
    Admin,
}

internal static class ScopeText
{
    /// <summary>The claim in which a caller's scope is carried, whichever scheme found out who calls.</summary>
    public const string Claim = "scope";

    public const string AllNames = "read, act or admin";

    public static string Text(this Scope scope) => scope switch
    {
        Scope.Read => "read",
        Scope.Act => "act",
        Scope.Admin => "admin",
    };

    public static Scope? Parse(string? text) => Enum.GetValues<Scope>()
        .Where(scope => scope.Text().Equals(text, StringComparison.OrdinalIgnoreCase))
        .Select(static scope => (Scope?)scope)
        .FirstOrDefault();

    /// <summary>The scopes that do: this one, and those that include it.</summary>
    public static IEnumerable<string> OrMore(this Scope scope) =>
        Enum.GetValues<Scope>().Where(other => other >= scope).Select(Text);
}
