using System.Text.RegularExpressions;

namespace Incidents.WebFront.Auth;

/// <summary>Names that an administrator gives to tokens and senders. They stand in logs, tables, timelines and metric
/// tags, so they are short and plain.</summary>
internal static partial class SettingNames
{
    public const string Rule = "1 to 64 characters of A-Z, a-z, 0-9, '.', '_' and '-'";

    public static bool AreSound(string name) => Sound().IsMatch(name);

    /// <summary>A mistyped key below <paramref name="section"/>:NAME would be a rule that silently does not hold.</summary>
    public static IEnumerable<string> Unknown(IConfiguration configuration, string section, params string[] known)
    {
        foreach (var named in configuration.GetSection(section).GetChildren())
        {
            var given = named.AsEnumerable(makePathsRelative: true)
                .Where(static pair => pair.Value is not null)
                .Select(static pair => pair.Key);
            foreach (var key in given.Concat(named.Value is null ? [] : [string.Empty]))
            {
                if (!known.Contains(Index().Replace(key, string.Empty), StringComparer.OrdinalIgnoreCase))
                {
                    yield return $"{named.Path}{(key.Length > 0 ? $":{key}" : string.Empty)} is no setting: "
                        + $"below {section}:NAME there are {string.Join(", ", known)}.";
                }
            }
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Sound();

    /// <summary>Of an element of a list.</summary>
    [GeneratedRegex(@":\d+\z")]
    private static partial Regex Index();
}
