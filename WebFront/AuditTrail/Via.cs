using System.Text.Json;

namespace Incidents.WebFront.AuditTrail;

/// <summary>How it is known who acts; the column <c>audit.via</c>.</summary>
public enum Via
{
    /// <summary>Somebody on this machine, without credentials.</summary>
    Local = 1,

    /// <summary>An API token.</summary>
    Token,

    /// <summary>Signed in, with the cookie of that.</summary>
    Session,

    /// <summary>The proxy in front says so.</summary>
    Proxy,

    /// <summary>Slack says so.</summary>
    Slack,
}

internal static class ViaText
{
    public static string Text(this Via via) => JsonNamingPolicy.SnakeCaseLower.ConvertName(via.ToString());
}
