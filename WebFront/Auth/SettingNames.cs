using System.Text.RegularExpressions;

namespace Incidents.WebFront.Auth;

/// <summary>Names that an administrator gives to tokens and senders. They stand in logs, tables, timelines and metric
/// tags, so they are short and plain.</summary>
internal static partial class SettingNames
{
    public const string Rule = "1 to 64 characters of A-Z, a-z, 0-9, '.', '_' and '-'";

    public static bool AreSound(string name) => Sound().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Sound();
}
