using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Incidents.WebFront.Auth;

/// <summary>Reads <c>Authorization</c>. Two of them, another scheme, or what cannot be decoded, are as none: nothing is
/// guessed from a credential that is not whole.</summary>
internal static class AuthorizationHeader
{
    public static string? Bearer(HttpRequest request) => After(request, "Bearer ");

    /// <summary>RFC 7617, in UTF-8.</summary>
    public static (string User, string Password)? Basic(HttpRequest request)
    {
        if (After(request, "Basic ") is not { } encoded || !Base64.IsValid(encoded))
        {
            return null;
        }

        var decoded = Convert.FromBase64String(encoded);
        if (!Utf8.IsValid(decoded))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(decoded);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
    }

    private static string? After(HttpRequest request, string scheme) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            ? header[scheme.Length..].Trim()
            : null;
}
