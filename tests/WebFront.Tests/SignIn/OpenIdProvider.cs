using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Incidents.WebFront.Tests.SignIn;

/// <summary>A real OpenID Connect provider over real HTTP, without a store; whoever comes is <see cref="Person"/>.</summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "incidents";
    public const string ClientSecret = "the-secret-of-incidents";

    private readonly WebApplication _app;

    private OpenIdProvider(WebApplication app) => _app = app;

    /// <summary>Who sits at the browser; null: they refuse.</summary>
    public (string Name, string[] Groups)? Person { get; set; }

    public string Authority => _app.Urls.Single();

    public static async Task<OpenIdProvider> Start()
    {
        OpenIdProvider? provider = null;
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
            server.RegisterScopes(Scopes.Profile, Scopes.Email);
            server.EnableDegradedMode().AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(static handler => handler.UseInlineHandler(static context =>
            {
                if (context.ClientId != ClientId)
                {
                    context.Reject(Errors.InvalidClient);
                }

                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(static handler => handler.UseInlineHandler(static context =>
            {
                if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
                {
                    context.Reject(Errors.InvalidClient);
                }

                return default;
            }));
            server.AddEventHandler<HandleAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (provider!.Person is not { } person)
                {
                    context.Reject(Errors.AccessDenied, "a-detail-of-the-provider");
                    return default;
                }

                var identity = new ClaimsIdentity("test");
                identity.AddClaim(Claims.Subject, $"id-of-{person.Name}");
                identity.AddClaim(Claims.PreferredUsername, person.Name);
                foreach (var group in person.Groups)
                {
                    identity.AddClaim("groups", group);
                }

                identity.SetDestinations(static _ => [Destinations.IdentityToken]);
                context.Principal = new ClaimsPrincipal(identity);
                context.Principal.SetScopes(context.Request.GetScopes());
                return default;
            }));
        });
        var app = builder.Build();
        app.UseAuthentication();
        provider = new(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
