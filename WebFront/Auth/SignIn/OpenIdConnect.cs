using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Incidents.WebFront.Auth.SignIn;

/// <summary>The way to the provider and back: the code flow with PKCE. What it brings becomes a <see cref="Session"/>.</summary>
internal static class OpenIdConnect
{
    public const string Scheme = "OpenIdConnect";
    public const string CallbackPath = "/sign-in/callback";

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    public static void Configure(OpenIdConnectOptions oidc, IOptions<SignInOptions> options)
    {
        var signIn = options.Value;
        oidc.Authority = signIn.Authority;
        oidc.ClientId = signIn.ClientId;
        oidc.ClientSecret = signIn.ClientSecret
            ?? SecretSettings.Lines(signIn.ClientSecretFile, "SignIn:ClientSecretFile", "secret", SecretSettings.Stop)[0];
        oidc.RequireHttpsMetadata = signIn.Authority?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true;
        oidc.BackchannelTimeout = AnswerWithin;
        oidc.SignInScheme = Session.Scheme;
        oidc.CallbackPath = CallbackPath;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query; // back by a link: so the cookies of the way may be Lax
        oidc.UsePkce = true;
        oidc.SaveTokens = false;
        oidc.MapInboundClaims = false;
        oidc.DisableTelemetry = true;
        oidc.RemoteSignOutPath = oidc.SignedOutCallbackPath = default; // else anybody's link ends a session
        oidc.CorrelationCookie.SameSite = oidc.NonceCookie.SameSite = SameSiteMode.Lax;
        oidc.CorrelationCookie.SecurePolicy = oidc.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oidc.EventsType = typeof(OpenIdEvents);
        foreach (var scope in (string[])["email", .. signIn.Scopes])
        {
            oidc.Scope.Add(scope);
        }
    }
}
