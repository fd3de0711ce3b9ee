using Incidents.WebFront.Auth.Proxies;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth.SignIn;

/// <summary>Stops the start when nobody, or anybody, could sign in.</summary>
internal sealed class SignInValidator(IConfiguration configuration) : IValidateOptions<SignInOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        var problems = Problems(options).ToList();
        _ = KeyCertificates.Read(options, problems.Add);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> Problems(SignInOptions options) => SignInModes.Parse(options.Mode) switch
    {
        null => ["SignIn:Mode must be none, oidc or proxy."],
        SignInMode.None => WithoutEffect(options),
        SignInMode.Oidc => [.. Provider(options), .. Anybody(options)],
        SignInMode.Proxy => [.. Proxy(options), .. Anybody(options)],
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>A lock that is set must not be missing in silence.</summary>
    private static IEnumerable<string> WithoutEffect(SignInOptions options) =>
        (options.Authority ?? options.ClientId ?? options.DefaultRole) is not null || HasRoles(options)
            ? ["SignIn:Mode must be oidc or proxy: without it the other settings of SignIn have no effect."]
            : [];

    private static IEnumerable<string> Provider(SignInOptions options)
    {
        if (!IsAuthority(options.Authority))
        {
            yield return "SignIn:Authority must be the provider's address, with https:// (http:// only on this machine).";
        }

        if (string.IsNullOrEmpty(options.ClientId))
        {
            yield return "SignIn:ClientId must be set: the name of this service at the provider.";
        }

        if (string.IsNullOrEmpty(options.ClientSecret) == string.IsNullOrEmpty(options.ClientSecretFile))
        {
            yield return "SignIn:ClientSecretFile must name a file with the secret that the provider gave (or SignIn:ClientSecret be it).";
        }

        List<string> problems = [];
        _ = SecretSettings.Lines(options.ClientSecretFile, "SignIn:ClientSecretFile", "secret", problems.Add);
        foreach (var problem in problems)
        {
            yield return problem;
        }

        if (string.IsNullOrEmpty(options.KeysCertificateFile))
        {
            yield return $"SignIn:KeysCertificateFile must be set, since what protects the cookies is kept in the database: {KeyCertificates.Command}";
        }

        if (options.SessionFor < Shortest || options.SessionFor > Longest)
        {
            yield return "SignIn:SessionFor must be between 00:05:00 and 30.00:00:00.";
        }
    }

    private IEnumerable<string> Proxy(SignInOptions options)
    {
        if (ProxyNetworks.Of(configuration).Count == 0)
        {
            yield return "Proxies:Networks:0 must be the network of the proxy that signs people in, such as 10.0.0.7/32: only its word counts.";
        }

        if (!IsHeader(options.UserHeader) || !IsHeader(options.GroupsHeader) || options.UserHeader == options.GroupsHeader)
        {
            yield return "SignIn:UserHeader and SignIn:GroupsHeader must be two names of HTTP headers.";
        }
    }

    private static IEnumerable<string> Anybody(SignInOptions options)
    {
        if (options.DefaultRole is not null && Roles.Parse(options.DefaultRole) is null)
        {
            yield return $"SignIn:DefaultRole must be {Roles.AllNames}.";
        }
        else if (options.DefaultRole is null && !HasRoles(options))
        {
            yield return "SignIn:Roles:Admin:0 must name the group of those who may do everything (Viewer and Responder are the other "
                + "roles), or SignIn:DefaultRole be set: else nobody gets in.";
        }
    }

    private static bool HasRoles(SignInOptions options) =>
        options.Roles.Admin.Count + options.Roles.Responder.Count + options.Roles.Viewer.Count > 0;

    private static bool IsAuthority(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && Loopback.IsName(url.Host)));

    private static bool IsHeader(string name) =>
        name.Length is > 0 and <= 64 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
