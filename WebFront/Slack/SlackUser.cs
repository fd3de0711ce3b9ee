using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Incidents.WebFront.Webhooks.Parsing;

namespace Incidents.WebFront.Slack;

/// <summary>Who pressed. The id is who it is; the name is what that person calls themselves at the moment.</summary>
internal sealed partial record SlackUser
{
    private const int MaxActor = 190;

    private SlackUser(string id, string name) => (Id, Name) = (id, name);

    public string Id { get; }

    /// <summary>One line fit for people's eyes; the id when there is no name.</summary>
    public string Name { get; }

    /// <summary>As the timeline has it: <c>minsu.kim (Slack U045ONCALL)</c>.</summary>
    public string Actor
    {
        get
        {
            var id = $" (Slack {Id})";
            return CleanText.Cut(Name, MaxActor - id.Length) + id;
        }
    }

    /// <summary>Null when it is no user's id.</summary>
    public static SlackUser? Of(string? id, string? name) => id is not null && Ids().IsMatch(id)
        ? new(id, OneLine(name ?? "") is { Length: > 0 } line ? line : id)
        : null;

    /// <summary>What of an actor is a name for people.</summary>
    public static string Shown(string actor) => Suffix().Replace(actor, "");

    /// <summary>Without what is not seen, or rewrites what is.</summary>
    private static string OneLine(string name)
    {
        var seen = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            seen.Append(Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
                _ when rune.Value is '(' or ')' => rune.Value == '(' ? "[" : "]", // what an actor's id is told by
                UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse => "",
                _ => rune.ToString(),
            });
        }

        return string.Join(' ', seen.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [GeneratedRegex(@"\A[A-Z0-9]{2,40}\z")]
    private static partial Regex Ids();

    [GeneratedRegex(@" \(Slack [A-Z0-9]{2,40}\)\z")]
    private static partial Regex Suffix();
}
