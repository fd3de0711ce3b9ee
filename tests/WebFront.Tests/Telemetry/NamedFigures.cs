using System.Text.RegularExpressions;
using Incidents.TestKit;

namespace Incidents.WebFront.Tests.Telemetry;

/// <summary>The names of our hosts' figures, wherever the files in <c>deploy/</c> use one.</summary>
internal static partial class NamedFigures
{
    public static IReadOnlyList<(string File, string Name)> OfDeploy() =>
    [
        .. Repo.Files(".json", ".yml", ".yaml")
            .Where(static file => file.StartsWith("deploy/", StringComparison.Ordinal))
            .SelectMany(static file => Figure().Matches(File.ReadAllText(Path.Combine(Repo.Root, file)))
                .Select(match => (file, match.Value)).Distinct()),
    ];

    [GeneratedRegex(@"\b(incidents|orleans|http_server|kestrel|dotnet)_[a-z0-9_]+\b")]
    private static partial Regex Figure();
}
