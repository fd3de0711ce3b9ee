using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Pages;

/// <summary>What a person who resolves found out, as a form says it; nothing of it need be said.</summary>
internal sealed record FoundOut(string? ActionTaken, string? RootCause, bool? IsNoise)
{
    public const int Longest = 4096;

    /// <summary>Null when a text is too long.</summary>
    public static FoundOut? Read(IFormCollection form)
    {
        var found = new FoundOut(Text(form["action_taken"]), Text(form["root_cause"]), form["is_noise"] == "true" ? true : null);
        return found.ActionTaken?.Length > Longest || found.RootCause?.Length > Longest ? null : found;
    }

    /// <summary>A browser sends line ends as two characters, which its own limit counts as one.</summary>
    public static string? Text(string? text) =>
        CleanText.Strip((text ?? "").ReplaceLineEndings("\n")).Trim() is { Length: > 0 } said ? said : null;
}
