namespace Incidents.WebFront.Auth.SignIn;

/// <summary>Section <c>SignIn</c>: how people come in. Without it: from this machine only, or with an API token.</summary>
internal sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>none, oidc (an OpenID Connect provider) or proxy (a proxy in front knows who it is). Default: none.</summary>
    public string? Mode { get; set; }

    /// <summary>The provider: the address below which is <c>/.well-known/openid-configuration</c>.</summary>
    public string? Authority { get; set; }

    /// <summary>This service's name at the provider.</summary>
    public string? ClientId { get; set; }

    /// <summary>Its secret there.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Or a file with it.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>What to ask the provider for besides openid, profile and email. Default: nothing.</summary>
    public IList<string> Scopes { get; init; } = [];

    /// <summary>The claim of the provider's ID token that says what somebody belongs to. Default: groups.</summary>
    public string RoleClaim { get; set; } = "groups";

    /// <summary>The claim that names people in the timeline. Default: preferred_username, else email, name or sub.</summary>
    public string? NameClaim { get; set; }

    /// <summary>Who may do what, by the claim's values.</summary>
    public RoleOptions Roles { get; init; } = new();

    /// <summary>viewer, responder or admin: for those in no list. Default: nothing, they are not let in.</summary>
    public string? DefaultRole { get; set; }

    /// <summary>With proxy: the header with the name.</summary>
    public string UserHeader { get; set; } = "X-Forwarded-User";

    /// <summary>With proxy: the header with the groups, separated by commas.</summary>
    public string GroupsHeader { get; set; } = "X-Forwarded-Groups";

    /// <summary>How long somebody stays signed in, at most. Default: 12 hours.</summary>
    public TimeSpan SessionFor { get; set; } = TimeSpan.FromHours(12);

    /// <summary>A certificate with its RSA key (PEM, or PFX without a password), the same for every WebFront: what
    /// protects the cookies is kept in MySQL and encrypted with it.</summary>
    public string? KeysCertificateFile { get; set; }

    /// <summary>Those it was encrypted with before.</summary>
    public IList<string> FormerKeysCertificateFiles { get; init; } = [];
}

/// <summary>Section <c>SignIn:Roles</c>: the groups of each role. Who is in several has the largest.</summary>
internal sealed class RoleOptions
{
    /// <summary>May look at everything.</summary>
    public IList<string> Viewer { get; init; } = [];

    /// <summary>May also acknowledge, resolve and so on.</summary>
    public IList<string> Responder { get; init; } = [];

    /// <summary>May also make API tokens and read the audit.</summary>
    public IList<string> Admin { get; init; } = [];
}
