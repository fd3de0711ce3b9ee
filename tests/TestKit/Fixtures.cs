namespace Incidents.TestKit;

/// <summary>Bodies as Grafana, Alertmanager and the ill-disposed send them.</summary>
public static class Fixtures
{
    private static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    /// <param name="name">Such as <c>grafana/01_single_firing.json</c>.</param>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    public static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Folder, folder)).Select(file => $"{folder}/{Path.GetFileName(file)}").Order();
}
