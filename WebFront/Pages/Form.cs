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
        if (HttpMethods.IsGet(http.Request.Method))
        {
            return await next(call);
        }

        if (await Read(http) is ({ } status, _))
        {
            return http.RequestAborted.IsCancellationRequested
                ? Results.Empty // nobody hears it
                : PageAnswer.Failure(http, status, Words.BadRequestTitle, Words.UnreadableForm);
        }

        return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
            ? await next(call)
            : PageAnswer.Failure(http, StatusCodes.Status400BadRequest, Words.StaleFormTitle, Words.StaleForm, await WrittenText.Of(http));
    }

    /// <summary>What cannot be read is found before anything is done. Read once, it is there for all who come after.</summary>
    /// <returns>The form, or the status that says what is wrong.</returns>
    public static async Task<(int? Status, IFormCollection? Form)> Read(HttpContext http)
    {
        try
        {
            return (null, await http.Request.ReadFormAsync(http.RequestAborted));
        }
        catch (BadHttpRequestException e)
        {
            return (e.StatusCode, null);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException or NotSupportedException or ArgumentException
            || http.RequestAborted.IsCancellationRequested)
        {
            return (StatusCodes.Status400BadRequest, null);
        }
    }
}
