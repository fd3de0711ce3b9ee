using System.Net;
using Incidents.WebFront.Auth;
using Incidents.WebFront.Auth.SignIn;

namespace Incidents.WebFront.AuditTrail;

/// <summary>By which way, and from where, somebody acts.</summary>
/// <param name="Address">Null where it would say nothing: Slack's servers call for all its users.</param>
internal sealed record Origin(Via Via, string? Address)
{
    public static Origin Slack { get; } = new(Via.Slack, null);

    /// <summary>Of whoever was let in.</summary>
    public static Origin Of(HttpContext http) => new(
        http.User.Identity?.AuthenticationType switch
        {
            ApiTokenHandler.Name => Via.Token,
            Session.Scheme => Via.Session,
            ProxyHandler.Name => Via.Proxy,
            _ => Via.Local,
        },
        Text(http.Connection.RemoteIpAddress));

    public static string? Text(IPAddress? address) => (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
}
