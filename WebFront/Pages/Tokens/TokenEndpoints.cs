using Incidents.WebFront.Auth;
using Incidents.WebFront.Auth.Tokens;
using Incidents.WebFront.AuditTrail;
using MySqlConnector;

namespace Incidents.WebFront.Pages.Tokens;

/// <summary>Administrators make API tokens and take them back.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/tokens", List);
        admin.MapPost("/tokens", Make);
        admin.MapPost("/tokens/revoke", Revoke);
    }

    private static Task<IResult> List(HttpContext http, MySqlDataSource database, TimeProvider clock, string? revoked) =>
        PageAnswer.Ask(http, cancel => Show(http, database, clock, cancel, revoked));

    /// <summary>The one answer that has the token. Nothing else does: it is not in a link, a log or the database.</summary>
    private static Task<IResult> Make(
        HttpContext http, MySqlDataSource database, ApiTokens configured, MadeTokens made, TimeProvider clock) => PageAnswer.Ask(http, async cancel =>
    {
        var asked = AskedToken.Read(await http.Request.ReadFormAsync(cancel), configured);
        if (asked.Fault is { } fault)
        {
            return await Show(http, database, clock, cancel, fault: fault);
        }

        var now = clock.GetUtcNow();
        var secret = MadeTokens.NewSecret();
        var token = new ApiToken(asked.Name, SecretSettings.Hash(secret), asked.Scope, now.AddDays(asked.Days));
        var entry = AuditEntry.Of(http, now, AuditEntry.MakeToken, token.Name, $"{token.Scope.Text()}, {asked.Days} days");
        switch (await TokenRows.Make(database, token, entry, cancel))
        {
            case MakeOutcome.Made:
                made.OnMade();
                return PageAnswer.Show<TokenMadePage>(new()
                {
                    [nameof(TokenMadePage.Viewer)] = Viewer.Of(http),
                    [nameof(TokenMadePage.Name)] = token.Name,
                    [nameof(TokenMadePage.Secret)] = secret,
                });
            case MakeOutcome.NameTaken:
                return await Show(http, database, clock, cancel, fault: TokenWords.NameTaken);
            case MakeOutcome.TooMany:
            default:
                return await Show(http, database, clock, cancel, fault: TokenWords.TooMany);
        }
    });

    private static Task<IResult> Revoke(HttpContext http, MySqlDataSource database, MadeTokens made, TimeProvider clock) =>
        PageAnswer.Ask(http, async cancel =>
        {
            var name = $"{(await http.Request.ReadFormAsync(cancel))["name"]}";
            if (!SettingNames.AreSound(name)
                || !await TokenRows.Revoke(database, name, AuditEntry.Of(http, clock.GetUtcNow(), AuditEntry.RevokeToken, name), cancel))
            {
                return await Show(http, database, clock, cancel, fault: TokenWords.NotThere);
            }

            made.OnRevoked(name);
            return PageAnswer.SeeOther(http, $"/tokens?revoked={name}");
        });

    private static async Task<IResult> Show(
        HttpContext http, MySqlDataSource database, TimeProvider clock, CancellationToken cancel, string? revoked = null, string? fault = null)
    {
        var tokens = await TokenRows.List(database, cancel);
        // An address can be made up: what still lives was not revoked.
        var isGone = revoked is not null && SettingNames.AreSound(revoked) && !tokens.Exists(token => token.Name.Equals(revoked, StringComparison.OrdinalIgnoreCase));
        return PageAnswer.Show<TokensPage>(
            new()
            {
                [nameof(TokensPage.Viewer)] = Viewer.Of(http),
                [nameof(TokensPage.Tokens)] = tokens,
                [nameof(TokensPage.Now)] = clock.GetUtcNow().UtcDateTime,
                [nameof(TokensPage.Revoked)] = isGone ? revoked : null,
                [nameof(TokensPage.Fault)] = fault,
            },
            fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}
