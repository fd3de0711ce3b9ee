using Microsoft.Extensions.Configuration;

namespace Incidents.Settings;

/// <summary>A section whose name is nearly one of ours, with a setting of ours in it. Other names are other programs'
/// business: every variable of the environment is a setting.</summary>
internal static class MisspeltSection
{
    /// <param name="known">What is set below <paramref name="name"/>.</param>
    public static IEnumerable<string> Faults(IConfiguration configuration, string name, IReadOnlyList<string> known) =>
        from section in configuration.GetChildren()
        where IsNearly(section.Key.ToUpperInvariant(), name.ToUpperInvariant())
        from setting in section.GetChildren()
        where known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase)
        select $"{setting.Path} is no setting: write {name}:{setting.Key}.";

    private static bool IsNearly(string given, string name) => given != name && Distance(given, name) <= (name.Length < 6 ? 1 : 2);

    /// <summary>Levenshtein's: how many letters to put in, take out or change.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[other.Length];
    }
}
