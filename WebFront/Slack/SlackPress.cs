using Incidents.Grains.Interfaces;

namespace Incidents.WebFront.Slack;

/// <summary>What somebody did in Slack.</summary>
internal abstract record SlackPress
{
    private SlackPress()
    {
    }

    /// <summary>A button that acts at once.</summary>
    public sealed record Order(CommandKind Kind, PressedCard Card, SlackUser By) : SlackPress;

    /// <summary>The button that asks first.</summary>
    /// <param name="TriggerId">Opens one form, within 3 s.</param>
    public sealed record Resolve(PressedCard Card, SlackUser By, string TriggerId) : SlackPress;

    /// <summary>The form was sent.</summary>
    /// <param name="ViewId">Slack's name of this form: sent twice, it is one answer.</param>
    public sealed record ResolutionAnswered(
        PressedCard Card, SlackUser By, string ViewId, string? ActionTaken, string? RootCause, bool? IsNoise) : SlackPress;

    /// <summary>Nothing of ours: a link's button, a closed form, Slack's own check, a card of an older version.</summary>
    public sealed record Ignored : SlackPress;
}

/// <summary>The card as the presser saw it.</summary>
/// <param name="ResponseUrl">Null when Slack gave none.</param>
internal sealed record PressedCard(IncidentId Incident, int Revision, ResponseUrl? ResponseUrl);

/// <summary>Where the presser, and nobody else, can be told something: five times within half an hour. Who has it can
/// write there, so it is a secret and shows itself nowhere.</summary>
internal sealed record ResponseUrl(string Value)
{
    private static readonly string[] SlackHosts = ["hooks.slack.com", "hooks.slack-gov.com"];

    public override string ToString() => "(a response_url)";

    /// <summary>The address, if it is one of Slack's; or null: whatever the form says, nothing else is called.</summary>
    /// <param name="apiBase">Slack's methods; when these are not at Slack itself (a proxy, a test), their host is trusted
    /// as Slack's.</param>
    public Uri? Checked(Uri apiBase)
    {
        if (!Uri.TryCreate(Value, UriKind.Absolute, out var url) || url.UserInfo.Length > 0)
        {
            return null;
        }

        var isSlack = url.Scheme == Uri.UriSchemeHttps && url.IsDefaultPort && SlackHosts.Contains(url.Host);
        var isOwn = !IsAtSlack(apiBase.Host) && Origin(url) == Origin(apiBase);
        return isSlack || isOwn ? url : null;
    }

    private static (string, string, int) Origin(Uri url) => (url.Scheme, url.Host, url.Port);

    private static bool IsAtSlack(string host) => Array.Exists(
        ["slack.com", "slack-gov.com"],
        slack => host == slack || host.EndsWith($".{slack}", StringComparison.Ordinal));
}
