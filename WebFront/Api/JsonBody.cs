using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Incidents.WebFront.Webhooks.Parsing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Incidents.WebFront.Api;

/// <summary>Reads the JSON body of a request, or says what is wrong with it. Members that nobody knows are refused: a
/// misspelt one must not be lost in silence.</summary>
internal static class JsonBody
{
    private const string Form = "The body must be a JSON object in UTF-8, or empty.";
    private const int MaxShown = 100;

    public static async Task<(T? Body, ProblemHttpResult? Problem)> Read<T>(
        HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class, new()
    {
        if (!request.HasJsonContentType())
        {
            return (null, Problems.NotJson()); // A form on another site can post, but not with this content type.
        }

        try
        {
            var empty = request.ContentLength is 0 or null && !request.Headers.ContainsKey("Transfer-Encoding");
            var body = empty ? new() : await request.ReadFromJsonAsync(type, cancel);
            return body is null ? (null, Problems.BadRequest(Form)) : (body, null);
        }
        catch (BadHttpRequestException e)
        {
            return (null, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problems.TooLarge() : Problems.BadRequest(Form));
        }
        catch (JsonException e) when (e.Path is { Length: > 2 } path && !IsUnreadable(e))
        {
            var member = CleanText.Cut(CleanText.Strip(path), MaxShown);
            return (null, Problems.BadRequest($"The body has a member that is not known here, not of its type, or no sound text: {member}"));
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidOperationException)
        {
            return (null, Problems.BadRequest(Form)); // not JSON, cut off, or in a charset that nobody knows
        }
    }

    /// <summary>No member is to blame: it is no JSON (the reader's own exception is within), or no UTF-8.</summary>
    private static bool IsUnreadable(JsonException e) =>
        e.InnerException is JsonException or { InnerException: DecoderFallbackException };
}
