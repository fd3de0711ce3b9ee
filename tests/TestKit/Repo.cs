namespace Incidents.TestKit;

/// <summary>The working copy that the tests were built from.</summary>
internal static class Repo
{
    private static readonly string[] NotOurs = ["artifacts", "bin", "obj", "node_modules", "TestResults"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root, sorted; without what is built, hidden or fetched.</summary>
    public static IEnumerable<string> Files(params IReadOnlyCollection<string> extensions) => Under(Root)
        .Where(path => extensions.Contains(Path.GetExtension(path)))
        .Select(static path => Path.GetRelativePath(Root, path))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Under(string folder) =>
    [
        .. Directory.EnumerateFiles(folder),
        .. Directory.EnumerateDirectories(folder)
            .Where(static inner => Path.GetFileName(inner) is var name && name[0] != '.' && !NotOurs.Contains(name))
            .SelectMany(Under),
    ];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Incidents.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No Incidents.sln above the tests.");
    }
}
