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

        if (await Fault(http) is { } fault)
        {
            return fault;
        }

        return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)
            ? await next(call)
            : PageAnswer.Failure(http, StatusCodes.Status400BadRequest, Words.StaleFormTitle, Words.StaleForm, await WrittenText.Of(http));
    }

    /// <summary>What cannot be read is said to be so, before anything is done.</summary>
    private static async Task<IResult?> Fault(HttpContext http)
    {
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException e)
        {
            return PageAnswer.Failure(http, e.StatusCode, Words.BadRequestTitle, Words.UnreadableForm);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            return Results.Empty; // nobody hears it
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException or NotSupportedException or ArgumentException)
        {
            return PageAnswer.Failure(http, StatusCodes.Status400BadRequest, Words.BadRequestTitle, Words.UnreadableForm);
        }
    }
}
