using System.Globalization;

namespace Incidents.EndToEnd.Tests;

/// <summary>A --data folder of our own, not made yet, with a look at whom it keeps busy.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("incidents-e2e.").FullName;

    public string Path => System.IO.Path.Combine(_parent, "data");

    public bool Exists => Directory.Exists(Path);

    /// <summary>The id of a process that run.sh remembers there, such as <c>silo-1</c>.</summary>
    public int Process(string name) => int.Parse(
        File.ReadAllText(System.IO.Path.Combine(Path, "run", name + ".process")).Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>Every process that has a file of the folder open: each writes its log there, and MySQL its data.</summary>
    public IReadOnlyList<string> Users() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Where(static folder => folder.AsSpan("/proc/".Length).IndexOfAnyExceptInRange('0', '9') < 0)
            .Where(folder => OpenFiles(folder).Any(file => file.StartsWith(_parent, StringComparison.Ordinal))),
    ];

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private static List<string> OpenFiles(string process)
    {
        try
        {
            return [.. Directory.EnumerateFiles(process + "/fd").Select(static fd => new FileInfo(fd).LinkTarget).OfType<string>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // It ended meanwhile, or is somebody else's.
        }
    }
}
