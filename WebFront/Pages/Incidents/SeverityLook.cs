namespace Incidents.WebFront.Pages;

/// <summary>The colour and the place of a severity. Senders may make up others, which come last and have no colour.</summary>
internal static class SeverityLook
{
    private static readonly string[] Known = ["critical", "error", "warning", "info"];

    public static string Css(string severity) => Known.Contains(severity) ? $"severity-{severity}" : "severity-other";

    public static int Place(string severity) => Array.IndexOf(Known, severity) is var at and >= 0 ? at : Known.Length;
}
