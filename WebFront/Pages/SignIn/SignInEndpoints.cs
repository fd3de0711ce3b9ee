using System.Security.Cryptography;
using Incidents.WebFront.Auth.SignIn;
using Incidents.WebFront.AuditTrail;
using Incidents.WebFront.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using MySqlConnector;

namespace Incidents.WebFront.Pages.SignIn;

/// <summary>The door. What becomes of those who come back from the provider says <see cref="OpenIdEvents"/>.</summary>
internal static partial class SignInEndpoints
{
    private static readonly TimeSpan WriteWithin = TimeSpan.FromSeconds(5);

    public static void MapSignIn(this IEndpointRouteBuilder open)
    {
        open.MapGet("/sign-in", Page);
        open.MapGet("/sign-in/start", Start);
    }

    public static void MapSignOut(this IEndpointRouteBuilder read) => read.MapPost("/sign-out", SignOut);

    private static IResult Page([FromQuery(Name = "return")] string? back, string? why) => PageAnswer.Show<SignInPage>(new()
    {
        [nameof(SignInPage.Start)] = $"/sign-in/start{QueryString.Create("return", ReturnPath.Of(back))}",
        [nameof(SignInPage.Why)] = SignInFailures.Parse(why),
    });

    private static async Task<IResult> Start(
        HttpContext http, [FromQuery(Name = "return")] string? back, Rarely rarely, ILogger<OpenIdEvents> logger)
    {
        try
        {
            await http.ChallengeAsync(OpenIdConnect.Scheme, new() { RedirectUri = ReturnPath.Of(back) });
            return Results.Empty;
        }
        catch (Exception e) when (e is MySqlException or CryptographicException) // the keys are there
        {
            return PageAnswer.SeeOther(http, $"/sign-in?why={SignInFailure.DatabaseAway.Text()}");
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            if (rarely.Now("sign-in provider away"))
            {
                LogAway(logger, e.Message);
            }

            return PageAnswer.SeeOther(http, $"/sign-in?why={SignInFailure.ProviderAway.Text()}");
        }
    }

    /// <summary>Whether it can be written down or not: nobody stays signed in because the database is away.</summary>
    private static async Task<IResult> SignOut(HttpContext http, AuditLog audit, TimeProvider clock)
    {
        using var deadline = new CancellationTokenSource(WriteWithin, clock);
        await audit.Write(AuditEntry.Of(http, clock.GetUtcNow(), AuditEntry.SignOut, ""), deadline.Token);
        await http.SignOutAsync(Session.Scheme);
        return PageAnswer.SeeOther(http, $"/sign-in?why={SignInFailure.SignedOut.Text()}");
    }

    [LoggerMessage(LogLevel.Warning, "The sign-in provider does not answer: {Message}; said at most once a minute")]
    private static partial void LogAway(ILogger logger, string message);
}
