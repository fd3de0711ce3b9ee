namespace Incidents.WebFront.Auth.SignIn;

/// <summary>What somebody may do, by what they belong to.</summary>
internal static class Roles
{
    public const string AllNames = "viewer, responder or admin";

    /// <summary>Null: nothing, they are not let in.</summary>
    public static Scope? Of(IEnumerable<string> groups, SignInOptions options)
    {
        var all = groups.ToHashSet(StringComparer.Ordinal);
        return options.Roles.Admin.Any(all.Contains) ? Scope.Admin
            : options.Roles.Responder.Any(all.Contains) ? Scope.Act
            : options.Roles.Viewer.Any(all.Contains) ? Scope.Read
            : Parse(options.DefaultRole);
    }

    public static Scope? Parse(string? name) => name?.ToUpperInvariant() switch
    {
        "VIEWER" => Scope.Read,
        "RESPONDER" => Scope.Act,
        "ADMIN" => Scope.Admin,
        _ => null,
    };
}
