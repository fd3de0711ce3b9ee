using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Senders;

/// <summary>One server that sends under a name, as its latest delivery described it.</summary>
/// <param name="Address">Where the connection came from: the server, or the proxy before us.</param>
/// <param name="Version">Grafana's or Alertmanager's; empty when not told.</param>
internal sealed partial record PeerFacts(
    string Sender, string Address, string ExternalUrl, SenderKind Kind, string Version, long? OrgId)
{
    /// <summary>Two servers of an HA pair share the external URL (Grafana) or, behind a proxy, the address.</summary>
    public PeerKey Key => new(Sender, Address, ExternalUrl);

    /// <summary>Said of many at once.</summary>
    public static PeerFacts Mixed(string sender) => new(sender, "", "", SenderKind.Unknown, "", null);

    public static PeerFacts Of(string sender, IPAddress? remote, string userAgent, DeliveryOrigin said)
    {
        var alertmanager = Alertmanager().Match(userAgent);
        var kind = userAgent.StartsWith("Grafana", StringComparison.Ordinal) ? SenderKind.Grafana
            : said.Kind == SenderKind.Unknown && alertmanager.Success ? SenderKind.Alertmanager
            : said.Kind;
        var version = kind switch
        {
            SenderKind.Grafana => said.AppVersion,
            SenderKind.Alertmanager => alertmanager.Groups["version"].Value,
            SenderKind.Unknown => "",
        };
        return new(sender, Text(remote), said.ExternalUrl, kind, version, said.OrgId);
    }

    private static string Text(IPAddress? remote) =>
        (remote is { IsIPv4MappedToIPv6: true } ? remote.MapToIPv4() : remote)?.ToString().Split('%')[0] ?? "";

    /// <summary><c>Alertmanager/0.27.0</c> (prometheus/alertmanager <c>notify/util.go</c>).</summary>
    [GeneratedRegex("^Alertmanager/(?<version>[0-9A-Za-z.+_-]{1,64})$", RegexOptions.ExplicitCapture)]
    private static partial Regex Alertmanager();
}

internal readonly record struct PeerKey(string Sender, string Address, string ExternalUrl)
{
    /// <summary>16 hex characters, short enough for a key column.</summary>
    public string Id => Fingerprint.Hash(Encoding.UTF8.GetBytes($"{Address}|{ExternalUrl}"));
}
