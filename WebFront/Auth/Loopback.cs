using System.Net;
using Incidents.WebFront.Auth.Proxies;

namespace Incidents.WebFront.Auth;

/// <summary>
/// What has no credentials is for this machine only. Three signs must agree: the connection comes from it, nothing looks
/// like a proxy that speaks for somebody else (nginx says so by no header, but calls in HTTP/1.0, which no browser or tool
/// of today does), and the browser or program meant this machine by the name it used (a page on the internet can point
/// its own name at 127.0.0.1, but cannot change the Host header).
/// </summary>
internal static class Loopback
{
    /// <summary>RFC 9110 and 7239, and what nginx, Apache, Envoy, Traefik, HAProxy and the large networks add.</summary>
    private static readonly string[] ProxySigns =
    [
        "Forwarded", "Via",
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Forwarded-Server", "X-Original-Forwarded-For",
        "X-Original-For", "X-Original-Host", "X-Original-Proto", // what Peers took at its word
        "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Envoy-External-Address",
        "X-Forwarded-User", "X-Cluster-Client-IP", "Fastly-Client-IP", "X-Azure-ClientIP", "CF-Ray",
    ];

    public static bool Admits(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } remote
        && IPAddress.IsLoopback(remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote)
        && !Peers.IsProxy(http)
        && !HttpProtocol.IsHttp10(http.Request.Protocol)
        && !Array.Exists(ProxySigns, http.Request.Headers.ContainsKey)
        && IsName(http.Request.Host.Host);

    /// <summary><c>localhost</c>, <c>127.0.0.0/8</c> or <c>::1</c>, as a URL or a Host header has it.</summary>
    public static bool IsName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
