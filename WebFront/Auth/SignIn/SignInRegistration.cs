using Incidents.Settings;
using Incidents.WebFront.Auth.Keys;
using Incidents.WebFront.Auth.Proxies;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Incidents.WebFront.Auth.SignIn;

internal static class SignInRegistration
{
    /// <summary>When all configuration is there: a scheme that is not configured would answer every request with an
    /// exception.</summary>
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<SignInOptions, SignInValidator>(SignInOptions.Section);
        services.AddSettings<ProxiesOptions, ProxiesValidator>(ProxiesOptions.Section);
        builder.AddKeys();

        var schemes = services.AddAuthentication();
        switch (SignInModes.Of(builder.Configuration))
        {
            case SignInMode.Oidc:
                schemes.AddCookie(Session.Scheme).AddOpenIdConnect(OpenIdConnect.Scheme, static _ => { });
                services.AddOptions<CookieAuthenticationOptions>(Session.Scheme).Configure<IOptions<SignInOptions>>(Session.Configure);
                services.AddOptions<OpenIdConnectOptions>(OpenIdConnect.Scheme).Configure<IOptions<SignInOptions>>(OpenIdConnect.Configure);
                services.AddSingleton<OpenIdEvents>();
                builder.Logging.AddFilter(typeof(OpenIdConnectHandler).FullName, LogLevel.None); // OpenIdEvents says it, and less often
                break;
            case SignInMode.Proxy:
                schemes.AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, ProxyHandler>(ProxyHandler.Name, null);
                break;
            case SignInMode.None:
                break;
        }
    }
}
