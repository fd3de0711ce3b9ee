using System.Globalization;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Auth.SignIn;
using Incidents.WebFront.Live;
using Incidents.WebFront.Pages.Audit;
using Incidents.WebFront.Pages.SignIn;
using Incidents.WebFront.Pages.Tokens;
using Incidents.WebFront.Queries;
using Microsoft.AspNetCore.Mvc;

namespace Incidents.WebFront.Pages;

/// <summary>All pages: who may see and do what is said here, what each shows in the folder of its name.</summary>
internal static class PageEndpoints
{
    /// <summary>Two full texts in letters of which each is sent as nine.</summary>
    private const int MostBytes = 131_072;

    /// <summary>Before problems are set up: who writes them is asked in this order.</summary>
    public static void AddPages(this IServiceCollection services)
    {
        services.AddSingleton<IProblemDetailsWriter, PageProblems>();
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddForms();
        services.AddFind();
        services.AddSingleton<ListReader>();
        services.AddSingleton<BulkCarrier>();
        services.AddSingleton<IncidentReader>();
        services.AddSingleton<AlertAgain>();
        services.AddSingleton<FindQueries>();
        services.AddSingleton<AlertFinder>();
        services.AddSingleton<SystemQueries>();
        services.AddSingleton<SystemReader>();
        services.AddResponseCompression(static compression =>
        {
            compression.EnableForHttps = true; // the form token, the one secret in a page, is encrypted anew in each
            compression.MimeTypes = ["text/html"];
        });
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapAssets();
        var read = Group(Scope.Read);
        var act = Group(Scope.Act);
        var admin = Group(Scope.Admin);
        read.MapLivePages();
        read.MapList();
        act.MapListActions();
        act.MapBulkActions();
        admin.MapTokens();
        admin.MapAudit();
        read.MapIncident();
        act.MapIncidentActions();
        act.MapAlertAgain();
        read.MapFind();
        read.MapSystemPages();
        if (SignInModes.Of(app.Configuration) == SignInMode.Oidc)
        {
            Pages(app.MapGroup("").OpenToAll()).MapSignIn();
            read.MapSignOut();
        }

        RouteGroupBuilder Group(Scope scope) => Pages(app.MapGroup("").Needs(scope));

        static RouteGroupBuilder Pages(RouteGroupBuilder pages)
        {
            pages.ExcludeFromDescription();
            pages.WithMetadata(new RequestSizeLimitAttribute(MostBytes));
            pages.AddEndpointFilter(AsPage);
            pages.AddEndpointFilter(Form.OfOurs);
            return pages;
        }
    }

    private static ValueTask<object?> AsPage(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var http = call.HttpContext;
        SecurityHeaders.SetFor(http.Response);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = ViewerCulture.Of(http.Request);
        return next(call);
    }
}
