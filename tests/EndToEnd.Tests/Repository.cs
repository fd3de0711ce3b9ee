namespace Incidents.EndToEnd.Tests;

internal static class Repository
{
    /// <summary>The folder of Incidents.sln.</summary>
    public static string Root { get; } = Find(new(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "Incidents.sln"))
        ? folder.FullName
        : Find(folder.Parent ?? throw new InvalidOperationException("The tests do not run from within the repository."));
}
