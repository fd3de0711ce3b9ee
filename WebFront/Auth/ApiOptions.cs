namespace Incidents.WebFront.Auth;

/// <summary>Section <c>Api</c>: who may call the API. Without any token only this machine may.</summary>
internal sealed class ApiOptions
{
    public const string Section = "Api";

    public const int MaxTokens = 1000;

    /// <summary>By the name of who uses it, 1 to 64 characters of <c>A-Za-z0-9._-</c>: the actor in the timeline.</summary>
    public IDictionary<string, ApiTokenOptions> Tokens { get; init; } =
        new Dictionary<string, ApiTokenOptions>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>Section <c>Api:Tokens:NAME</c>.</summary>
internal sealed class ApiTokenOptions
{
    /// <summary><c>sha256:</c> and the 64 hex characters of the token's SHA-256.</summary>
    public string? Hash { get; set; }

    /// <summary>Or a file with the plain token; with several, one a line, while it is being rotated.</summary>
    public string? File { get; set; }

    /// <summary>read, act or admin. Has no default.</summary>
    public string? Scope { get; set; }

    /// <summary>From then on the token is refused: a UTC date or time in ISO 8601. Default: never.</summary>
    public string? Expires { get; set; }
}
