using System.Text.Json;

namespace Incidents.Browser.Tests;

/// <summary>A page is opened on a bad network, too.</summary>
public sealed class WeightTests(Site site) : IClassFixture<Site>
{
    private const int MaxBytes = 40_000;

    [Fact]
    public async Task The_first_load_of_the_list_is_under_40_KB_with_a_full_page_of_incidents()
    {
        for (var i = 0; i < 50; i++)
        {
            await site.Fires($"weight-{i}", $"Rule{i % 7}", i % 3 == 0 ? "critical" : "warning");
        }

        var page = await site.Open("/nowhere", Look.Phone);
        await using var network = await page.Context.NewCDPSessionAsync(page);
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        var received = 0L;
        network.Event("Network.loadingFinished").OnEvent += (_, about) => received += Length(about);

        await page.GotoAsync("/");

        Assert.Equal(50, await page.Locator("#incidents > tr").CountAsync());
        Assert.InRange(received, 1_000, MaxBytes);

        static long Length(JsonElement? about) => about is { } json ? (long)json.GetProperty("encodedDataLength").GetDouble() : 0;
    }
}
