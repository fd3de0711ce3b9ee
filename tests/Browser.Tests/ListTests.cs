using System.Net.Http.Json;
using Incidents.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Incidents.Browser.Tests;

/// <summary>The list of incidents as people use it.</summary>
public sealed class ListTests(Site site) : IClassFixture<Site>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_is_a_row_without_a_reload_and_what_one_person_does_a_second_one_sees()
    {
        var (mine, theirs) = (await site.Open("/?service=live-row"), await site.Open("/?service=live-row"));
        var incident = await site.Fires("live-row");
        var (row, theirRow) = (Row(mine, incident), Row(theirs, incident));
        await Expect(row).ToBeVisibleAsync();
        await Expect(theirRow).ToContainTextAsync("Active");

        await row.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();

        await Expect(row).ToContainTextAsync("Acknowledged");
        await Expect(theirRow).ToContainTextAsync("Acknowledged");
        Assert.Equal("acknowledged", await site.StatusOf(incident));
        await Close(mine, theirs);
    }

    [Fact]
    public async Task All_of_it_works_without_JavaScript()
    {
        var incident = await site.Fires("no-script");
        var page = await site.Open("/?service=no-script", Look.Phone with { WithScripts = false });

        await Row(page, incident).GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();

        await Expect(Row(page, incident)).ToContainTextAsync("Acknowledged");
        Assert.Equal("acknowledged", await site.StatusOf(incident));
        Assert.Contains("service=no-script", page.Url, StringComparison.Ordinal);
        await Close(page);
    }

    [Fact]
    public async Task Nothing_is_missed_that_happened_while_the_connection_was_cut()
    {
        await using var way = new CutProxy(site.System.Client.BaseAddress!.Port);
        var page = await site.Open("/nowhere", by: way.Port);
        await page.Clock.InstallAsync();
        await page.GotoAsync("/?cluster=prod&text=Cut");
        var before = await site.Fires("cut", "CutBefore");
        await Expect(Row(page, before)).ToBeVisibleAsync();

        way.Close();
        await page.Clock.FastForwardAsync(30_000);
        await Expect(page.Locator("[data-live-state]")).ToBeVisibleAsync();
        using var answer = await site.System.Client.PostAsJsonAsync($"/api/incidents/{before}/acknowledge", new { }, Cancel);
        answer.EnsureSuccessStatusCode();
        var meanwhile = await site.Fires("cut", "CutMeanwhile");
        way.Open();
        await page.Clock.FastForwardAsync(20_000);

        await Expect(Row(page, before)).ToContainTextAsync("Acknowledged");
        await Expect(Row(page, meanwhile)).ToBeVisibleAsync();
        await Expect(page.Locator("[data-live-state]")).ToBeHiddenAsync();
        await Close(page);
    }

    [Fact]
    public async Task Several_are_resolved_at_once_with_one_confirmation_and_a_result_each()
    {
        string[] incidents = [await site.Fires("bulk-a", "Bulk"), await site.Fires("bulk-b", "Bulk"), await site.Fires("bulk-c", "Bulk")];
        var page = await site.Open("/?text=Bulk");
        foreach (var incident in incidents)
        {
            await Row(page, incident).GetByRole(AriaRole.Checkbox).CheckAsync();
        }

        using (var answer = await site.System.Client.PostAsJsonAsync($"/api/incidents/{incidents[1]}/resolve", new { by = "ben" }, Cancel))
        {
            answer.EnsureSuccessStatusCode();
        }

        await page.Locator("[data-bulk] button[value=resolve], button[form=bulk][value=resolve]").First.ClickAsync();
        await page.Locator("main form button[type=submit], main form button.primary").First.ClickAsync();

        foreach (var incident in incidents)
        {
            await Expect(page.Locator($"main a[href='/incidents/{incident}']")).ToBeVisibleAsync();
            Assert.Equal("resolved", await site.StatusOf(incident));
        }

        await Expect(page.Locator("main")).ToContainTextAsync("ben");
        await Close(page);
    }

    [Fact]
    public async Task Nothing_moves_under_what_somebody_has_selected_and_what_is_new_waits_behind_a_pill()
    {
        var selected = await site.Fires("pill-a", "Pill");
        var page = await site.Open("/?text=Pill");
        var (row, pill) = (Row(page, selected), page.Locator("button.pill"));
        await row.GetByRole(AriaRole.Checkbox).CheckAsync();

        var later = await site.Fires("pill-b", "Pill");
        await Expect(pill).ToContainTextAsync("1 new");
        await Expect(Row(page, later)).ToHaveCountAsync(0);
        using (var answer = await site.System.Client.PostAsJsonAsync($"/api/incidents/{selected}/acknowledge", new { by = "ben" }, Cancel))
        {
            answer.EnsureSuccessStatusCode();
        }

        await Expect(row).ToContainTextAsync("Acknowledged");
        await Expect(row.GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
        await Expect(row.GetByRole(AriaRole.Checkbox)).ToBeFocusedAsync();
        await pill.ClickAsync();

        await Expect(page.Locator("#incidents > tr").First).ToHaveIdAsync(later);
        await Expect(row.GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
        await Expect(pill).ToBeHiddenAsync();
        await Close(page);
    }

    [Fact]
    public async Task Nothing_moves_under_a_finger()
    {
        var first = await site.Fires("touch-a", "Touch");
        var page = await site.Open("/?text=Touch", Look.Phone);
        await Expect(Row(page, first)).ToBeVisibleAsync();

        var later = await site.Fires("touch-b", "Touch");
        await Expect(page.Locator("button.pill")).ToContainTextAsync("1 new");
        await Expect(page.Locator("#incidents > tr").First).ToHaveIdAsync(first);
        await page.Locator("button.pill").TapAsync();

        await Expect(page.Locator("#incidents > tr").First).ToHaveIdAsync(later);
        await Close(page);
    }

    [Fact]
    public async Task It_is_worked_with_the_keyboard_alone()
    {
        var (first, second) = (await site.Fires("keys-a", "Keys"), await site.Fires("keys-b", "Keys"));
        var page = await site.Open("/?text=Keys");
        await Expect(Row(page, first)).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("a"); // the second of the list: the first that came

        await Eventually.Holds("the older is acknowledged", async () => await site.StatusOf(first) == "acknowledged", TimeSpan.FromSeconds(15), Cancel);
        Assert.Equal("active", await site.StatusOf(second));
        await Expect(page.Locator("[data-flash]")).ToContainTextAsync("Acknowledged"); // it is the page after the press
        await Expect(Row(page, first)).ToHaveAttributeAsync("aria-current", "true");
        await page.Keyboard.PressAsync("k");
        await Expect(Row(page, second).GetByRole(AriaRole.Link)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("[data-search]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Keysx");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#incidents > tr")).ToHaveCountAsync(0);
        await Close(page);
    }

    [Fact]
    public async Task Whoever_works_down_the_list_goes_on_where_it_was_after_a_press()
    {
        var (last, middle, first) = (await site.Fires("down-c", "Down"), await site.Fires("down-b", "Down"), await site.Fires("down-a", "Down"));
        var page = await site.Open("/?text=Down&status=active");
        await Expect(Row(page, first)).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator("[data-flash]")).ToContainTextAsync("Acknowledged");
        await page.WaitForLoadStateAsync(); // its scripts have run
        await Expect(Row(page, middle)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("j");

        await Expect(Row(page, last).GetByRole(AriaRole.Link)).ToBeFocusedAsync();
        await Close(page);
    }

    [Fact]
    public async Task What_changes_on_a_later_page_does_not_come_to_this_one()
    {
        var (later, shown) = (await site.Fires("later-a", "Later"), await site.Fires("later-b", "Later"));
        var page = await site.Open("/?text=Later&limit=1");
        await Expect(Row(page, shown)).ToBeVisibleAsync();

        foreach (var incident in new[] { later, shown })
        {
            using var answer = await site.System.Client.PostAsJsonAsync($"/api/incidents/{incident}/acknowledge", new { by = "ben" }, Cancel);
            answer.EnsureSuccessStatusCode();
        }

        await Expect(Row(page, shown)).ToContainTextAsync("Acknowledged"); // which was told after the other
        var latest = await site.Fires("later-c", "Later");
        await Expect(page.Locator("#incidents > tr").First).ToHaveIdAsync(latest);
        await Expect(page.Locator("#incidents > tr")).ToHaveCountAsync(2);
        await Expect(Row(page, later)).ToHaveCountAsync(0);
        await Close(page);
    }

    [Fact]
    public async Task Times_are_asked_for_in_the_zone_of_whoever_looks()
    {
        var page = await site.Open("/?since=2026-11-20T00:00:30Z");
        await page.Locator("details summary").First.ClickAsync();

        await Expect(page.Locator("#f-since")).ToHaveValueAsync("2026-11-20T09:00");
        await Expect(page.Locator(".chips time").First).ToContainTextAsync("09:00");
        await Expect(page.Locator("#f-until")).ToHaveValueAsync("");
        await page.Locator("#f-until").FillAsync("2026-11-20T10:30");
        await page.Locator("form[data-filters] .actions button").ClickAsync();

        await Expect(page.Locator("#f-until")).ToHaveValueAsync("2026-11-20T10:30");
        Assert.Contains("since=2026-11-20T00%3A00%3A30Z", page.Url, StringComparison.Ordinal);
        Assert.Contains("until=2026-11-20T01%3A30%3A00.000Z", page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("service=", page.Url, StringComparison.Ordinal);
        await Close(page);
    }

    private static ILocator Row(IPage page, string incident) => page.Locator($"#incidents > tr[id='{incident}']");

    private static async Task Close(params IPage[] pages)
    {
        foreach (var page in pages)
        {
            await page.Context.CloseAsync();
        }
    }
}
