using System.Globalization;
using Incidents.WebFront.Auth;

namespace Incidents.WebFront.Pages.Tokens;

/// <summary>The token that the form asks for.</summary>
/// <param name="Fault">In the page's words; null when all is sound.</param>
internal sealed record AskedToken(string Name, Scope Scope, int Days, string? Fault)
{
    public static readonly int[] Lives = [7, 30, 90, 365];

    public static AskedToken Read(IFormCollection form, ApiTokens configured)
    {
        var name = $"{form["name"]}".Trim();
        var scope = ScopeText.Parse(form["scope"]);
        var days = int.TryParse(form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var given) && Lives.Contains(given) ? given : 0;
        return new(
            name,
            scope ?? Scope.Read,
            days,
            !SettingNames.AreSound(name) || Is(ThisMachineHandler.Caller) ? TokenWords.BadName
            : scope is null || days == 0 ? TokenWords.BadChoice
            : configured.All.Any(token => Is(token.Name)) ? TokenWords.NameTaken
            : null);

        bool Is(string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
    }
}
