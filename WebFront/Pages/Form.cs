using Microsoft.AspNetCore.Antiforgery;

namespace Incidents.WebFront.Pages;

/// <summary>Forms of pages come from pages of ours: another site's page can post here too, with the viewer's cookies.</summary>
internal static class Form
{
    public static void AddForms(this IServiceCollection services) => services.AddAntiforgery(static forms =>
    {
        forms.FormFieldName = "form_token";
        forms.Cookie.Name = "incidents-form";
        forms.Cookie.SameSite = SameSiteMode.Strict;
        forms.Cookie.HttpOnly = true;
        forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        forms.SuppressXFrameOptionsHeader = true; // SecurityHeaders says it
        forms.SuppressReadingTokenFromFormBody = false;
    });

    public static async ValueTask<object?> OfOurs(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var http = call.HttpContext;
        var antiforgery = http.RequestServices.GetRequiredService<IAntiforgery>();
        return HttpMethods.IsGet(http.Request.Method) || await antiforgery.IsRequestValidAsync(http)
            ? await next(call)
            : PageAnswer.Failure(http, StatusCodes.Status400BadRequest, Words.StaleFormTitle, Words.StaleForm);
    }
}
