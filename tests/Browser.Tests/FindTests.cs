using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Incidents.Browser.Tests;

/// <summary>"Where did my alert go?"</summary>
public sealed class FindTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pasted_alert_leads_to_its_incident(bool withScripts)
    {
        var service = $"lost-{withScripts}";
        var incident = await site.Fires(service, "WhereDidItGo");
        var page = await site.Open("/find", Look.Phone with { WithScripts = withScripts });

        await page.GetByRole(AriaRole.Textbox).First.FillAsync(
            $$$"""{"labels":{"alertname":"WhereDidItGo","service":"{{{service}}}","cluster":"prod","namespace":"shop","severity":"critical"}}""");
        await page.Locator("main button.primary, main button[type=submit]").First.ClickAsync();
        await page.Locator($"main a[href='/incidents/{incident}']").First.ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("WhereDidItGo");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true }).First.ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Acknowledged");
        Assert.Equal("acknowledged", await site.StatusOf(incident));
        await page.Context.CloseAsync();
    }
}
