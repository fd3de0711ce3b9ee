using System.Net.Http.Json;
using System.Text.Json;
using Incidents.TestKit;
using Microsoft.Playwright;

namespace Incidents.Browser.Tests;

/// <summary>A whole service with windows onto it.</summary>
public sealed class Site(Chrome chrome) : IAsyncLifetime
{
    public IncidentsSystem System { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => System = await IncidentsSystem.Start(CancellationToken.None);

    public ValueTask DisposeAsync() => System.DisposeAsync();

    /// <summary>A window of a viewer of its own.</summary>
    /// <param name="by">The port of a way to it that can be cut; else straight.</param>
    public async Task<IPage> Open(string path, Look? look = null, int? by = null)
    {
        var (width, isDark, withScripts) = look ?? Look.Desktop;
        var viewer = await chrome.Browser.NewContextAsync(new()
        {
            BaseURL = new UriBuilder(System.Client.BaseAddress!) { Port = by ?? System.Client.BaseAddress!.Port }.ToString(),
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = withScripts,
            HasTouch = width < Look.Desktop.Width,
            Locale = "en-GB",
            TimezoneId = "Asia/Seoul",
        });
        viewer.SetDefaultTimeout(15_000);
        var page = await viewer.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>A webhook of one alert.</summary>
    /// <returns>The incident that took it.</returns>
    public async Task<string> Fires(string service, string alertname = "HighErrorRate", string severity = "critical", string state = "firing")
    {
        var alert = new
        {
            status = state,
            labels = new { alertname, service, severity, cluster = "prod", @namespace = "shop" },
            annotations = new { summary = $"{alertname} of {service}" },
            startsAt = TimeProvider.System.GetUtcNow(),
            fingerprint = $"{alertname} {service}".GetHashCode(StringComparison.Ordinal).ToString("x16", null),
        };
        using var answer = await System.Client.PostAsJsonAsync("/webhook/grafana", new { version = "1", alerts = new[] { alert } }, Cancel);
        answer.EnsureSuccessStatusCode();
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        return said.GetProperty("results")[0].GetProperty("incident_id").GetString()!;
    }

    public Task<string> StatusOf(string incident) =>
        System.Database.Read<string>("SELECT status FROM incidents WHERE incident_id = ?", incident);
}

/// <param name="Width">Of the window, in CSS pixels.</param>
public sealed record Look(int Width, bool IsDark = false, bool WithScripts = true)
{
    public static readonly Look Desktop = new(1280);

    public static readonly Look Phone = new(390);
}
