using Incidents.Settings;
using Incidents.WebFront.Auth.SignIn;
using Incidents.WebFront.Auth.Tokens;
using Incidents.WebFront.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Incidents.WebFront.Auth;

/// <summary>Who may call an endpoint, said at the endpoint. One without a rule is shut to everybody.</summary>
internal static class Access
{
    private const string AnyScheme = "api";

    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Scope scope)
        where TBuilder : IEndpointConventionBuilder
    {
        // A library may have opened some of its endpoints to all, which would win over any rule.
        endpoint.Finally(static made =>
        {
            if (made.Metadata.OfType<AccessRule>().Last().Needs is not null)
            {
                made.Metadata.OfType<IAllowAnonymous>().ToList().ForEach(opening => made.Metadata.Remove(opening));
            }
        });
        return endpoint.WithMetadata(new AccessRule(scope.Text(), scope)).RequireAuthorization(Policy(scope));
    }

    /// <summary>For what says nothing that a stranger could use.</summary>
    public static TBuilder OpenToAll<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AccessRule("open to all", null)).AllowAnonymous();

    /// <summary>For webhooks: their gate admits senders by credentials of their own, which open nothing else, as the
    /// API's open no webhook.</summary>
    public static TBuilder OpenToSenders<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AccessRule("senders", null)).AllowAnonymous();

    /// <summary>For what Slack calls: it signs what it sends, and its gate admits nobody else.</summary>
    public static TBuilder OpenToSlack<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AccessRule("Slack", null)).AllowAnonymous();

    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSettings<ApiOptions, ApiTokensValidator>(ApiOptions.Section);
        services.AddSingleton<IValidateOptions<ApiOptions>, ExposureValidator>();
        services.AddSingleton<ApiTokens>();
        services.AddSingleton<MadeTokens>();
        services.AddSingleton<Rarely>();
        services.AddHostedService<AccessAtStart>();

        // No default scheme: webhooks and health have no caller to find out about.
        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, ApiTokenHandler>(ApiTokenHandler.Name, null)
            .AddScheme<AuthenticationSchemeOptions, ThisMachineHandler>(ThisMachineHandler.Name, null)
            .AddPolicyScheme(AnyScheme, null, static any => any.ForwardDefaultSelector = SchemeOf);
        var rules = services.AddAuthorizationBuilder();
        foreach (var scope in Enum.GetValues<Scope>())
        {
            rules.AddPolicy(Policy(scope), policy => policy
                .AddAuthenticationSchemes(AnyScheme)
                .RequireClaim(ScopeText.Claim, scope.OrMore()));
        }

        // Whoever may call at all hears 404 or 405 where there is nothing; nobody gets into what has no rule.
        rules.SetFallbackPolicy(new AuthorizationPolicyBuilder(AnyScheme)
            .RequireAuthenticatedUser()
            .RequireAssertion(static caller => caller.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
            .Build());
    }

    /// <summary>Which way somebody comes in. Whoever sends a token is who the token says, except that a proxy that signs
    /// people in may send tokens of its own beside its word.</summary>
    private static string SchemeOf(HttpContext http)
    {
        var signIn = http.RequestServices.GetRequiredService<IOptions<SignInOptions>>().Value;
        var mode = SignInModes.Parse(signIn.Mode);
        return mode == SignInMode.Proxy && ProxyHandler.Speaks(http, signIn) ? ProxyHandler.Name
            : http.Request.Headers.ContainsKey(HeaderNames.Authorization) ? ApiTokenHandler.Name
            : mode == SignInMode.Proxy ? ProxyHandler.Name
            : mode == SignInMode.Oidc ? Session.Scheme
            : http.RequestServices.GetRequiredService<ApiTokens>().Any ? ApiTokenHandler.Name
            : ThisMachineHandler.Name;
    }

    private static string Policy(Scope scope) => $"api:{scope.Text()}";
}

/// <summary>An endpoint's rule, for who wants to know it; <see cref="Access"/> enforces it.</summary>
/// <param name="Needs">The scope that a caller of the API must have; null where it is not about scopes.</param>
internal sealed record AccessRule(string Text, Scope? Needs);
