namespace Incidents.WebFront.Pages;

/// <summary>A status in the viewer's language.</summary>
internal static class StatusWords
{
    public static string Of(string status) => status switch
    {
        "active" => Words.Active,
        "acknowledged" => Words.Acknowledged,
        "resolved" => Words.Resolved,
        _ => status,
    };
}
