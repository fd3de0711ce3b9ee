using Incidents.Browser.Tests;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chrome))]

namespace Incidents.Browser.Tests;

/// <summary>One real browser for all tests; each opens windows of its own in it.</summary>
public sealed class Chrome : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>The program that ./test.sh found, or one on the PATH.</summary>
    private static string Program => Environment.GetEnvironmentVariable("TEST_CHROMIUM") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .SelectMany(static folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("No Chromium: install Debian's package chromium, or name the program in TEST_CHROMIUM.");

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(15_000); // ms; the feed's own way to heal takes ten seconds
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"], // in a container, as root
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
