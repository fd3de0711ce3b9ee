using Incidents.Grains.Interfaces;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Pages;

/// <summary>What somebody put into the box, by what it looks like.</summary>
public abstract record Question
{
    /// <summary>As long as an address may well be; what is longer is sent as a body.</summary>
    public const int FitsAnAddress = 500;

    private const int LongestName = 255; // grafana_alerts.alertname
    private const string OurPath = "/incidents/";

    private Question()
    {
    }

    /// <summary>A webhook's body, or one alert of it.</summary>
    public sealed record Payload(string Json) : Question;

    public sealed record Incident(IncidentId Id) : Question;

    /// <summary>A link that names a rule.</summary>
    public sealed record Rule(string Uid) : Question;

    /// <summary>A link that names none, such as one to a dashboard.</summary>
    public sealed record OtherLink : Question;

    /// <summary>A fingerprint, an incident key, an alertname or a rule's uid.</summary>
    public sealed record Name(string Text) : Question;

    /// <summary>Too long for a name, and nothing else.</summary>
    public sealed record Nonsense : Question;

    /// <summary>Null when nothing was asked.</summary>
    public static Question? Of(string? asked)
    {
        var text = (asked ?? "").Trim().TrimStart('\uFEFF').TrimStart(); // a byte order mark comes with what is pasted from a file
        if (text.Length == 0)
        {
            return null;
        }

        if (text[0] is '{' or '[')
        {
            return new Payload(text);
        }

        if (IncidentId.TryParse(text, out var id))
        {
            return new Incident(id);
        }

        return text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            ? Link(text)
            : CleanText.Strip(text) is { Length: > 0 and <= LongestName } name ? new Name(name) : new Nonsense();
    }

    private static Question Link(string url)
    {
        if (url.LastIndexOf(OurPath, StringComparison.Ordinal) is var at and >= 0
            && IncidentId.TryParse(url[(at + OurPath.Length)..].Split('/', '?', '#')[0], out var id))
        {
            return new Incident(id);
        }

        return (RuleUid.FromSilenceUrl(url) ?? RuleUid.FromGeneratorUrl(url)) is { Length: > 0 and <= LongestName } uid
            ? new Rule(uid)
            : new OtherLink();
    }
}
