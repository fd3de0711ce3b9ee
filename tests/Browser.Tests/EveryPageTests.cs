using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Incidents.Browser.Tests;

/// <summary>What holds for each page.</summary>
public sealed class EveryPageTests(Site site) : IClassFixture<Site>
{
    private static readonly AxeRunOptions Violations = new() { ResultTypes = [ResultType.Violations] };
    private static readonly Look[] Looks = [Look.Desktop, Look.Phone with { IsDark = true }];
    private static readonly string[] Serious = ["serious", "critical"];

    /// <summary>{0}: an incident.</summary>
    public static TheoryData<string> Pages =>
        ["/", "/?status=resolved&severity=critical&text=nothing", "/incidents/{0}", "/find", "/find?q=HighErrorRate", "/system", "/system/rejected", "/audit", "/tokens", "/nowhere"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_can_be_used_by_everybody_on_a_desk_by_day_and_on_a_phone_at_night(string path)
    {
        var incident = await site.Fires("every-page");
        await Task.WhenAll(Looks.Select(async look =>
        {
            var page = await site.Open(string.Format(null, path, incident), look);

            await IsForEverybody(page, look);
            await page.Context.CloseAsync();
        }));
    }

    [Fact]
    public Task So_can_those_that_follow_a_press() => Task.WhenAll(Looks.Select(async look =>
    {
        var name = $"press-{look.Width}";
        var incident = await site.Fires(name, "Press");
        var page = await site.Open($"/?service={name}", look);
        await page.Locator("#incidents input[type=checkbox]").CheckAsync();
        await page.Locator("[data-bulk] button[value=resolve], button[form=bulk][value=resolve]").First.ClickAsync();
        await page.WaitForURLAsync("**/bulk*");
        await IsForEverybody(page, look);

        await page.GotoAsync($"/incidents/{incident}");
        var alert = await page.Locator("a[href*='/alerts/']").First.GetAttributeAsync("href");
        await page.GotoAsync(alert!);
        await IsForEverybody(page, look);
        await page.Locator("a[href$='/again'], form[action$='/again'] button").First.ClickAsync();
        await page.WaitForURLAsync("**/again");
        await IsForEverybody(page, look);

        await page.GotoAsync("/tokens");
        await page.Locator("#name").FillAsync(name);
        await page.Locator("form.make-token button").DblClickAsync(); // as some do: it is one token, and is shown
        await Assertions.Expect(page.Locator("#secret")).ToBeVisibleAsync();
        await IsForEverybody(page, look);
        await page.Context.CloseAsync();
    }));

    private static async Task IsForEverybody(IPage page, Look look)
    {
        var found = await page.RunAxe(Violations);
        Assert.Equal("", string.Join('\n', found.Violations
            .Where(static violation => Serious.Contains(violation.Impact))
            .Select(violation => $"{page.Url} {look}: {violation.Id}: {violation.Nodes[0].Html}")));
        Assert.Equal(look.Width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Nothing_of_it_breaks_its_own_content_security_policy(string path)
    {
        var incident = await site.Fires("every-page");
        var page = await site.Open("/nowhere");
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.AddRange(message.Type == "error" ? [message.Text] : []);
        page.PageError += (_, error) => complaints.Add(error);

        var answer = await page.GotoAsync(string.Format(null, path, incident), new() { WaitUntil = WaitUntilState.Load });

        Assert.NotNull(answer);
        var own = complaints.Where(text => !text.StartsWith("Failed to load resource", StringComparison.Ordinal) || answer.Ok);
        Assert.Empty(own);
        Assert.Contains("default-src 'none'", await answer.HeaderValueAsync("content-security-policy"), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }
}
