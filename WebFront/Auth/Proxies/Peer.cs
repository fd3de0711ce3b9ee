using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Incidents.WebFront.Auth.Proxies;

/// <summary>Who is at the other end of the connection, whatever its headers say.</summary>
/// <param name="IsProxy">One of <c>Proxies:Networks</c>.</param>
internal sealed record Peer(bool IsProxy);

internal static class Peers
{
    /// <summary>Such a one may say for whom it calls, and so is never this machine itself.</summary>
    public static bool IsProxy(HttpContext http) => http.Features.Get<Peer>() is { IsProxy: true };

    /// <summary>First of all: behind a proxy the connection's address, the scheme and the host become what the proxy says.</summary>
    public static void UsePeers(this WebApplication app)
    {
        var networks = ProxyNetworks.Of(app.Configuration);
        if (networks.Count == 0)
        {
            return;
        }

        app.Use((http, next) =>
        {
            http.Features.Set(new Peer(http.Connection.RemoteIpAddress is { } remote && networks.Exists(one => one.Contains(Plain(remote)))));
            return next(http);
        });
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null, // as far back as there are proxies of ours
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        networks.ForEach(forwarded.KnownIPNetworks.Add);
        app.UseForwardedHeaders(forwarded);
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
