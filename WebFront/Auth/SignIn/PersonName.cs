using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Auth.SignIn;

/// <summary>Somebody's name as others know them by, for the timeline; it must not look like what it is not.</summary>
internal static class PersonName
{
    /// <returns>Null when nothing can be seen of it.</returns>
    public static string? Of(string? name)
    {
        var seen = string.Join(' ', CleanText.Strip(name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Replace("(Slack ", "[Slack ", StringComparison.OrdinalIgnoreCase);
        return seen.Length == 0 ? null
            : seen.Equals(ThisMachineHandler.Caller, StringComparison.OrdinalIgnoreCase) ? $"{seen} (signed in)"
            : CleanText.Cut(seen, Caller.MaxName);
    }
}
